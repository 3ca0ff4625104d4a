import type { AlertOut } from '../../shared/model/alert.ts';
import type { PlaceOut } from '../../shared/model/place.ts';
import type { ThreatOut } from '../../shared/model/threat.ts';
import type { FrameNews, OtherThings, ThingsPatch, Totals } from '../../shared/wire/wire.ts';
import { HeldThings, Watchers } from './held-things.ts';
import { Units } from './units.ts';

/** Units of an area of the H3 grid as one figure; `old` of them are stale or lost. */
export interface HexagonCount {
  readonly h3: string;
  readonly count: number;
  readonly old: number;
}

type OtherKind = keyof OtherThings;
const otherKinds: readonly OtherKind[] = ['alerts', 'threats', 'places', 'patrols'];

/** How often panels are told of moving units at most. Nobody reads faster; the map draws every update. */
const panelsEveryMs = 250;

/**
 * The picture as it is held, for panels (which read the getters and are told of changes) and for the map (which
 * reads the columns of `units`, and is told of every update). Changed by what the server sends and by nothing else.
 */
export class Picture {
  readonly #held = new HeldThings();
  readonly #units = new Units();
  readonly #unitWatchers = new Watchers();
  #panelsTold: ReturnType<typeof setTimeout> | undefined;
  /** One counter a kind: a panel that lists alerts is not woken by the ten unit patches of a second. */
  readonly revision = $state({ units: 0, patrols: 0, alerts: 0, threats: 0, places: 0 });
  /** Whether a first picture has come; before it lists are unknown, not empty. */
  filled = $state(false);
  /** Counts in place of single units, for audiences with very many of them in a wide view; undefined otherwise. */
  hexagons = $state.raw<{ readonly cells: readonly HexagonCount[] } | undefined>();

  #judged = false;
  readonly #nowMs: () => number;

  /** `nowMs` is the server's time. */
  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Whether `units` has every unit there is for this viewer, those around what is on screen, or none. */
  mode = $state.raw<'whole' | 'cells' | 'hexagons'>('whole');
  /** Counts of all units where not every single one is held. */
  totals = $state.raw<Totals | undefined>();

  get alerts(): ReadonlyMap<string, AlertOut> {
    void this.revision.alerts;
    return this.#held.alerts;
  }

  /** One object for ever, changed in place. Readers outside effects may write into it, and then say `unitsChanged`. */
  get units(): Units {
    void this.revision.units;
    return this.#units;
  }

  get threats(): ReadonlyMap<string, ThreatOut> {
    void this.revision.threats;
    return this.#held.threats;
  }

  get places(): ReadonlyMap<string, PlaceOut> {
    void this.revision.places;
    return this.#held.places;
  }

  /** Everything but units, in place of what is held. */
  replace(things: ThingsPatch): void {
    this.#held.clear();
    this.#held.put(things);
    this.#changed(otherKinds);
    this.filled = true;
  }

  apply(things: ThingsPatch): void {
    this.#held.apply(things);
    const removed = things.removed.map(({ kind }) => kind);
    this.#changed(otherKinds.filter((kind) => things[kind].length > 0 || removed.includes(kind)));
  }

  /** Drops everything whose id is not in the complete list of what is visible now. */
  keepOnly(ids: NonNullable<FrameNews['ids']>): void {
    this.#held.keepOnly(ids);
    this.#changed(otherKinds);
    this.filled = true;
  }

  /** Which units come one by one, and counts beside or in place of them. */
  note({ view, hexagons, totals }: FrameNews): void {
    if (view && view.mode !== 'hidden') {
      this.mode = view.mode;
      if (view.mode === 'whole') this.totals = undefined;
      if (view.mode !== 'hexagons') this.hexagons = undefined;
    }
    if (totals) this.totals = totals;
    if (hexagons) this.hexagons = { cells: hexagons.map(([h3, count, old]) => ({ h3, count, old })) };
  }

  /** Calls back after every update of units, ten times a second and more; answers how to stop. */
  watchUnits(changed: () => void): () => void {
    return this.#unitWatchers.add(changed);
  }

  /** Says that `units` was written into: to the map at once, to panels a few times a second. */
  unitsChanged(): void {
    // The first units are judged at once; later ones as time passes.
    if (!this.#judged) this.#units.restate(this.#nowMs());
    this.#judged = true;
    this.#unitWatchers.tell();
    if (this.#panelsTold === undefined) this.#tellPanels();
  }

  #tellPanels(): void {
    this.revision.units += 1;
    const told = this.#units.revision;
    this.#panelsTold = setTimeout(() => {
      this.#panelsTold = undefined;
      if (this.#units.revision !== told) this.#tellPanels();
    }, panelsEveryMs);
  }

  #changed(kinds: readonly OtherKind[]): void {
    for (const kind of kinds) this.revision[kind] += 1;
  }
}
