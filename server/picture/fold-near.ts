import type { Spot } from '../../shared/rules/same-alert.ts';
import { spotOf } from './near-alerts.ts';
import type { Alert, Change, EntryPlace, Folded, Picture } from './picture.ts';

/** Alerts that one is offered to be the same as; the nearest in time where there are more. */
export const mostDuplicates = 8;

/** Folds an entry about an alert, and what follows for the alerts that may be the same, or were merged into another. */
export function withNear(picture: Picture, id: string, { seq }: EntryPlace, folding: () => Folded): Folded {
  const before = picture.alerts.get(id);
  const folded = folding();
  if (folded.verdict.kind !== 'done') return folded;
  const told = new Set<string>();
  noteMerged(picture, before, id, (changed) => tell(picture, changed, seq, told));
  noteNear(picture, id, (changed) => tell(picture, changed, seq, told));
  if (told.size === 0) return folded;
  const changes = [...told].map((one): Change => ({ kind: 'alerts', id: one }));
  return { ...folded, changes: [...folded.changes, ...changes] };
}

function tell(picture: Picture, alert: Alert, seq: number, told: Set<string>): void {
  picture.alerts.set(alert.id, { ...alert, changedSeq: seq });
  told.add(alert.id);
}

/** Puts an alert of a snapshot among those that others are compared with; who is near to whom is in the alerts. */
export function enterNear(picture: Picture, alert: Alert): void {
  const spot = spotOf(alert);
  if (spot) picture.nearAlerts.put(spot);
}

function noteNear(picture: Picture, id: string, change: (alert: Alert) => void): void {
  const { alerts, nearAlerts } = picture;
  const alert = alerts.get(id);
  const before = nearAlerts.spotOf(id);
  const now = alert && spotOf(alert);
  if (!alert || isSame(before, now)) return;
  nearAlerts.remove(id);
  for (const other of before ? nearAlerts.around(before) : []) leave(picture, other, id, change);
  if (!now) {
    if (alert.possibleDuplicates) change(withList(alert, []));
    return;
  }
  const around = nearAlerts.around(now);
  nearAlerts.put(now);
  const list = nearest(now, around);
  if (list.length > 0 || alert.possibleDuplicates) change(withList(alert, list));
  for (const other of around) join(picture, other, now, change);
}

/** A neighbour is gone: whoever had as many as are offered looks for the next one. */
function leave(picture: Picture, spot: Spot, gone: string, change: (alert: Alert) => void): void {
  const alert = picture.alerts.get(spot.id);
  const list = alert?.possibleDuplicates;
  if (!alert || !list?.includes(gone)) return;
  const isFull = list.length === mostDuplicates;
  const left = isFull ? nearest(spot, picture.nearAlerts.around(spot)) : list.filter((id) => id !== gone);
  change(withList(alert, left));
}

/** A neighbour has come: it takes its place among the nearest, or finds none free. */
function join(picture: Picture, spot: Spot, come: Spot, change: (alert: Alert) => void): void {
  const alert = picture.alerts.get(spot.id);
  if (!alert) return;
  const list = alert.possibleDuplicates ?? [];
  const last = list.length < mostDuplicates ? undefined : picture.nearAlerts.spotOf(list.at(-1) ?? '');
  if (last && byNearness(spot)(last, come) < 0) return;
  const known = list.flatMap((id) => picture.nearAlerts.spotOf(id) ?? []);
  change(withList(alert, nearest(spot, [...known, come])));
}

function nearest(spot: Spot, others: readonly Spot[]): string[] {
  const sorted = [...others].sort(byNearness(spot));
  return sorted.slice(0, mostDuplicates).map(({ id }) => id);
}

const byNearness =
  ({ atMs }: Spot) =>
  (a: Spot, b: Spot): number =>
    Math.abs(a.atMs - atMs) - Math.abs(b.atMs - atMs) || (a.id < b.id ? -1 : 1);

function withList(alert: Alert, list: readonly string[]): Alert {
  const { possibleDuplicates: _before, ...rest } = alert;
  return list.length > 0 ? { ...rest, possibleDuplicates: list } : rest;
}

/** What was merged into an alert stands with it; a merge that is taken back, or restricted, is told there as well. */
function noteMerged(
  picture: Picture,
  before: Alert | undefined,
  id: string,
  change: (alert: Alert) => void,
): void {
  const now = picture.alerts.get(id);
  if (!now || !before) return;
  const into = now.mergedInto === undefined ? undefined : picture.alerts.get(now.mergedInto);
  const from = before.mergedInto === undefined ? undefined : picture.alerts.get(before.mergedInto);
  if (from && from.id !== into?.id)
    change({ ...from, mergedFrom: (from.mergedFrom ?? []).filter((one) => one !== id) });
  if (!into) return;
  if (into.id !== from?.id) change({ ...into, mergedFrom: [...(into.mergedFrom ?? []), id] });
  else if (before.restricted !== now.restricted) change(into);
}

function isSame(a: Spot | undefined, b: Spot | undefined): boolean {
  if (!a || !b) return a === b;
  const sameAt = a.at?.lon === b.at?.lon && a.at?.lat === b.at?.lat && a.at?.reachM === b.at?.reachM;
  return sameAt && a.atMs === b.atMs && a.placeId === b.placeId && a.isRestricted === b.isRestricted;
}
