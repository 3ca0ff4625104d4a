import type { Priority, SegmentName } from '../../shared/model/alert-lists.ts';
import type { AlertOut } from '../../shared/model/alert.ts';
import type { UnitOut } from '../../shared/model/unit.ts';
import { defaultClockTargets, segmentAt } from '../../shared/rules/response-clock.ts';

/** The moment of every test that needs one. */
export const atMs = Date.parse('2026-11-22T16:40:00.000Z');
export const iso = (ms: number): string => new Date(ms).toISOString();

/** A unit that reported at `atMs`; what a test is about is given. */
export function unit(id: string, given: Partial<UnitOut>): UnitOut {
  return {
    id,
    kind: 'patrol',
    callsign: id.toUpperCase(),
    lon: -18,
    lat: 0,
    time: iso(atMs),
    receivedAt: iso(atMs),
    reportEveryS: 60,
    staleAfterS: 300,
    state: 'fresh',
    ageS: 0,
    ...given,
  };
}

/** An alert whose segments are given as name and seconds since the start, and since the end where it has ended. */
export function alert(
  id: string,
  priority: Priority,
  segments: ReadonlyArray<readonly [SegmentName, number, number?]>,
  given: Partial<AlertOut> = {},
): AlertOut {
  const runs = segments.map(([segment, started, ended]) => ({
    segment,
    startedAtMs: atMs - started * 1000,
    ...(ended === undefined ? {} : { endedAtMs: atMs - ended * 1000 }),
  }));
  return {
    id,
    category: 'killing',
    priority,
    state: 'received',
    receivedAt: iso(atMs - (segments[0]?.[1] ?? 0) * 1000),
    changedAt: iso(atMs),
    lon: -18,
    lat: 0,
    precision: 'village',
    clock: { segments: runs.map((run) => segmentAt(run, priority, defaultClockTargets, atMs)) },
    tasks: [],
    allowed: [],
    ...given,
  };
}
