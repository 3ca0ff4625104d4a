import type { AlertOut } from '../../shared/model/alert.ts';
import type { PlaceOut } from '../../shared/model/place.ts';
import type { ThreatOut } from '../../shared/model/threat.ts';
import type { UnitOut } from '../../shared/model/unit.ts';
import {
  applyPatch,
  applyPicture,
  emptyPicture,
  keepOnly,
  thingKinds,
  type PatchOut,
  type PictureOut,
  type ThingKind,
  type VisibleIds,
} from '../../shared/picture/picture.ts';
import { Positions } from './positions.ts';
import type { Clock } from './time.svelte.ts';

/**
 * The picture as it is held, for panels (which read the getters and are told of changes) and for the map (which
 * reads the columns of `positions`). Changed by what the server sends and by nothing else.
 */
export class Picture {
  readonly #clock: Pick<Clock, 'exactMs'>;
  readonly #held = emptyPicture();
  readonly positions = new Positions();
  /** One counter a kind: a panel that lists alerts is not woken by the ten unit patches of a second. */
  readonly revision = $state({ units: 0, patrols: 0, alerts: 0, threats: 0, places: 0 });
  /** Whether a first picture has come; before it lists are unknown, not empty. */
  filled = $state(false);

  constructor(clock: Pick<Clock, 'exactMs'>) {
    this.#clock = clock;
  }

  get cursor(): string {
    return this.#held.cursor;
  }

  get alerts(): ReadonlyMap<string, AlertOut> {
    void this.revision.alerts;
    return this.#held.alerts;
  }

  get units(): ReadonlyMap<string, UnitOut> {
    void this.revision.units;
    return this.#held.units;
  }

  get threats(): ReadonlyMap<string, ThreatOut> {
    void this.revision.threats;
    return this.#held.threats;
  }

  get places(): ReadonlyMap<string, PlaceOut> {
    void this.revision.places;
    return this.#held.places;
  }

  replace(picture: PictureOut): void {
    applyPicture(this.#held, picture);
    this.positions.clear();
    this.#place(picture.units);
    this.#changed(thingKinds);
    this.filled = true;
  }

  resume(patch: PatchOut, ids: VisibleIds): void {
    this.apply(patch);
    keepOnly(this.#held, ids);
    for (const id of [...this.positions.ids]) if (!this.#held.units.has(id)) this.positions.remove(id);
    this.#changed(thingKinds);
  }

  apply(patch: PatchOut): void {
    applyPatch(this.#held, patch);
    this.#place(patch.units);
    for (const { kind, id } of patch.removed) if (kind === 'units') this.positions.remove(id);
    const removed = patch.removed.map(({ kind }) => kind);
    this.#changed(thingKinds.filter((kind) => patch[kind].length > 0 || removed.includes(kind)));
  }

  #place(units: readonly UnitOut[]): void {
    const nowMs = this.#clock.exactMs;
    for (const unit of units) this.positions.set(unit, nowMs);
  }

  #changed(kinds: readonly ThingKind[]): void {
    for (const kind of kinds) this.revision[kind] += 1;
  }
}
