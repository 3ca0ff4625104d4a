import type { PatchOut, ThingKind, Things, VisibleIds } from '../../shared/picture/picture.ts';
import { thingKinds } from '../../shared/picture/picture.ts';
import type { Bbox } from '../../shared/wire/subscribe.ts';
import type { Audience } from '../audience/audience.ts';
import type { UnitOut } from '../../shared/model/unit.ts';
import { isInArea } from '../audience/picture-view.ts';

/** What the audience sees of a thing at the time of the tick; shared by all viewers of one audience. */
export type Look = <K extends ThingKind>(kind: K, id: string) => Things[K] | undefined;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Lists = Mutable<{ [K in ThingKind]: Things[K][] }>;

/**
 * One subscription: which part of the picture a viewer watches, what it has been given, and what it has yet to get.
 * Pending is a set of ids, so a viewer that cannot keep up costs at most one id a thing and gets the newest value.
 */
export class Viewer {
  readonly audience: Audience;
  private readonly bbox: Bbox | undefined;
  private readonly known: Readonly<Record<ThingKind, Set<string>>>;
  private readonly pending: Readonly<Record<ThingKind, Set<string>>>;
  /** For audiences that are looked at again and again: when the unit that was sent last had moved. */
  private readonly sentUnits = new Map<string, string>();
  private heartbeatPending = false;
  /** Since when the viewer takes nothing, ms since 1970; undefined while it keeps up. */
  stalledSinceMs: number | undefined;

  constructor(audience: Audience, bbox: Bbox | undefined, known: VisibleIds) {
    this.audience = audience;
    this.bbox = bbox;
    this.known = forEachKind((kind) => new Set(known[kind]));
    this.pending = forEachKind(() => new Set<string>());
  }

  note(kind: ThingKind, id: string): void {
    this.pending[kind].add(id);
  }

  noteHeartbeat(): void {
    this.heartbeatPending = true;
  }

  /** Everything pending as one patch, or undefined when nothing of it shows to this viewer. */
  takePatch(
    look: Look,
    frame: Pick<PatchOut, 'cursor' | 'at' | 'heartbeat'>,
    behindS?: number,
  ): PatchOut | undefined {
    const lists: Lists = { units: [], patrols: [], alerts: [], threats: [], places: [] };
    const removed: Array<{ kind: ThingKind; id: string }> = [];
    for (const kind of thingKinds) this.takeKind(kind, look, lists, removed);
    const { heartbeat, ...rest } = frame;
    const beat = this.heartbeatPending && heartbeat ? { heartbeat } : {};
    this.heartbeatPending = false;
    const empty = removed.length === 0 && thingKinds.every((kind) => lists[kind].length === 0);
    if (empty && !('heartbeat' in beat) && behindS === undefined) return undefined;
    return { ...rest, ...lists, removed, ...beat, ...(behindS === undefined ? {} : { behindS }) };
  }

  /** Whether a view that changes by itself shows just what it showed before. */
  private isAsSent(kind: ThingKind, view: Things[ThingKind]): boolean {
    if (kind !== 'units' || !this.audience.changesByItself) return false;
    const unit = view as UnitOut; // the kind says so
    const look = lookOf(unit);
    const same = this.sentUnits.get(unit.id) === look;
    this.sentUnits.set(unit.id, look);
    return same;
  }

  private takeKind<K extends ThingKind>(
    kind: K,
    look: Look,
    lists: Lists,
    removed: Array<{ kind: ThingKind; id: string }>,
  ): void {
    const known = this.known[kind];
    for (const id of this.pending[kind]) {
      const view = look(kind, id);
      if (view && (!this.bbox || isInArea(kind, view, this.bbox))) {
        if (known.has(id) && this.isAsSent(kind, view)) continue;
        (lists[kind] as Things[K][]).push(view); // the list of this kind
        known.add(id);
      } else if (known.delete(id)) removed.push({ kind, id });
    }
    this.pending[kind].clear();
  }
}

/** What tells two looks at a unit apart, but for its age, which readers derive themselves. */
function lookOf({ ageS: _ageS, state: _state, ...rest }: UnitOut): string {
  return JSON.stringify(rest);
}

function forEachKind<T>(make: (kind: ThingKind) => T): Record<ThingKind, T> {
  return {
    units: make('units'),
    patrols: make('patrols'),
    alerts: make('alerts'),
    threats: make('threats'),
    places: make('places'),
  };
}
