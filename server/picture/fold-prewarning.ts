import type { Author, EventBody } from '../../shared/model/entry.ts';
import { isOpen } from '../../shared/model/alert-steps.ts';
import { alertChanged, alertUnknown } from './fold-alert.ts';
import type { Alert, EntryPlace, Folded, Picture } from './picture.ts';

type Body<K extends EventBody['kind']> = Extract<EventBody, { kind: K }>;

/** Units are told to be ready. Those that are ready or have a task here already are told nothing new. */
export function foldPrewarned(
  picture: Picture,
  { alertId, units }: Body<'alert.prewarned'>,
  by: Author,
  place: EntryPlace,
): Folded {
  const alert = picture.alerts.get(alertId);
  if (!alert) return alertUnknown(alertId);
  if (!isOpen(alert.state)) return refused('conflict', `the alert is ${alert.state}`, 'id');
  const unknown = units.find((unit) => !picture.units.has(unit));
  if (unknown !== undefined) return refused('unit-unknown', `there is no unit ${unknown}`, 'units');
  const known = alert.prewarned ?? [];
  const has = new Set([...known, ...alert.tasks.filter(holds)].map(({ unit }) => unit));
  const fresh = [...new Set(units)].filter((unit) => !has.has(unit));
  if (fresh.length === 0) return { verdict: { kind: 'nothing-new', id: alertId }, changes: [] };
  const prewarned = [...known, ...fresh.map((unit) => ({ unit, atMs: place.atMs, by }))];
  const event = { what: 'prewarned' as const, atMs: place.atMs, by, detail: { units: fresh } };
  keep(picture, { ...alert, prewarned, history: [...alert.history, event] }, place);
  return alertChanged(alertId);
}

/** A unit need not be ready any more: nobody's fault, and counted as nobody's refusal. */
export function foldPrewarningEnded(
  picture: Picture,
  { alertId, unit }: Body<'alert.prewarning-ended'>,
  by: Author,
  place: EntryPlace,
): Folded {
  const alert = picture.alerts.get(alertId);
  if (!alert) return alertUnknown(alertId);
  if (!alert.prewarned?.some((one) => one.unit === unit))
    return { verdict: { kind: 'nothing-new', id: alertId }, changes: [] };
  const event = { what: 'prewarning-ended' as const, atMs: place.atMs, by, detail: { unit } };
  keep(picture, { ...withoutPrewarned(alert, [unit]), history: [...alert.history, event] }, place);
  return alertChanged(alertId);
}

/** The alert with these units no longer told to be ready; all of them where none is named. */
export function withoutPrewarned(alert: Alert, units?: readonly string[]): Alert {
  if (!alert.prewarned) return alert;
  const { prewarned, ...rest } = alert;
  const left = prewarned.filter(({ unit }) => units && !units.includes(unit));
  return left.length > 0 ? { ...rest, prewarned: left } : rest;
}

const gone = ['refused', 'stood-down', 'released'];
const holds = ({ state }: Alert['tasks'][number]): boolean => !gone.includes(state);

function keep(picture: Picture, alert: Alert, { seq, atMs }: EntryPlace): void {
  picture.alerts.set(alert.id, { ...alert, changedAtMs: atMs, changedSeq: seq });
}

function refused(code: 'conflict' | 'unit-unknown', message: string, field: string): Folded {
  return { verdict: { kind: 'refused', code, message, field }, changes: [] };
}
