import type { AlertOut } from '../model/alert.ts';
import type { PlaceOut } from '../model/place.ts';
import type { ThreatOut } from '../model/threat.ts';
import type { UnitOut } from '../model/unit.ts';

/** A patrol as a task in time; filled by a later issue, present in every answer. */
export interface PatrolOut {
  readonly id: string;
}

export interface Things {
  units: UnitOut;
  patrols: PatrolOut;
  alerts: AlertOut;
  threats: ThreatOut;
  places: PlaceOut;
}
export type ThingKind = keyof Things;
export const thingKinds: readonly ThingKind[] = ['units', 'patrols', 'alerts', 'threats', 'places'];
type Lists = { readonly [K in ThingKind]: readonly Things[K][] };

/** When the heartbeat unit last came the whole way from door to this picture. Times RFC 3339. */
export interface Heartbeat {
  readonly time: string;
  readonly receivedAt: string;
}

/** The whole picture that one audience may see, at one cursor. */
export interface PictureOut extends Lists {
  /** `epoch.seq`: what of the record is folded into this. */
  readonly cursor: string;
  /** Server time of the answer; ages, states and clocks in it are as at this time. */
  readonly at: string;
  readonly heartbeat?: Heartbeat;
  /** Restricted alerts open when the hour began, in steps of five, where an audience may know no more; null below 5. */
  readonly restrictedOpen?: number | null;
}

/** What changed: whole objects, newest state. Lists of kinds with no change are empty. */
export interface PatchOut extends Lists {
  readonly cursor: string;
  readonly at: string;
  readonly removed: ReadonlyArray<{ readonly kind: ThingKind; readonly id: string }>;
  readonly heartbeat?: Heartbeat;
  /** Present when this viewer was too slow and values in between were passed over: how far behind it was. */
  readonly behindS?: number;
}

/** Complete lists of the ids now visible, which go with a resumed patch. */
export type VisibleIds = { readonly [K in ThingKind]: readonly string[] };

/** A picture as a reader holds it: maps by id. */
export interface HeldPicture {
  cursor: string;
  at: string;
  heartbeat: Heartbeat | undefined;
  readonly units: Map<string, UnitOut>;
  readonly patrols: Map<string, PatrolOut>;
  readonly alerts: Map<string, AlertOut>;
  readonly threats: Map<string, ThreatOut>;
  readonly places: Map<string, PlaceOut>;
}

export function emptyPicture(): HeldPicture {
  return {
    cursor: '',
    at: '',
    heartbeat: undefined,
    units: new Map(),
    patrols: new Map(),
    alerts: new Map(),
    threats: new Map(),
    places: new Map(),
  };
}

/** A fresh picture in place of everything held. */
export function applyPicture(held: HeldPicture, picture: PictureOut): void {
  for (const kind of thingKinds) held[kind].clear();
  held.heartbeat = undefined;
  applyPatch(held, { ...picture, removed: [] });
}

/** Folds one patch into the held picture; removals come after the values, so a thing in both is gone. */
export function applyPatch(held: HeldPicture, patch: PatchOut): void {
  held.cursor = patch.cursor;
  held.at = patch.at;
  if (patch.heartbeat) held.heartbeat = patch.heartbeat;
  for (const unit of patch.units) held.units.set(unit.id, unit);
  for (const patrol of patch.patrols) held.patrols.set(patrol.id, patrol);
  for (const alert of patch.alerts) held.alerts.set(alert.id, alert);
  for (const threat of patch.threats) held.threats.set(threat.id, threat);
  for (const place of patch.places) held.places.set(place.id, place);
  for (const { kind, id } of patch.removed) held[kind].delete(id);
}

/** Drops everything whose id is not in the complete list of what is visible now. */
export function keepOnly(held: HeldPicture, ids: VisibleIds): void {
  for (const kind of thingKinds) {
    const visible = new Set(ids[kind]);
    for (const id of held[kind].keys()) if (!visible.has(id)) held[kind].delete(id);
  }
}
