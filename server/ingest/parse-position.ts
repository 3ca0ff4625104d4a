import { maxFutureMs, type Fix } from '../../shared/model/position.ts';
import type { FailureCode } from '../../shared/failure.ts';
import { parseTime } from './parse-time.ts';

/** Why one item of a batch is refused. */
export interface ItemRefusal {
  readonly code: FailureCode;
  readonly field: string;
  readonly message: string;
}

/**
 * The compiled-by-hand twin of `positionSchema` for the busiest path; a property test holds the two to the same
 * judgement. Answers a fix, or why there is none.
 */
export function parsePosition(item: unknown, device: string, nowMs: number): Fix | ItemRefusal {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    return { code: 'bad-body', field: '', message: 'a position is a JSON object' };
  }
  const given = item as Readonly<Record<string, unknown>>;
  const { unit, time, id } = given;
  if (typeof unit !== 'string' || unit.length < 1 || unit.length > 64) {
    return wrong('unit', unit, 'the id of a unit, 1 to 64 characters');
  }
  const timeMs = parseTime(time);
  if (timeMs === undefined) {
    if (time === undefined || time === null) return wrong('time', time, '');
    return {
      code: 'time-invalid',
      field: 'time',
      message: 'time is an RFC 3339 time, as 2026-11-22T16:40:00Z',
    };
  }
  if (timeMs > nowMs + maxFutureMs) {
    return inFuture(timeMs, nowMs);
  }
  if (id !== undefined && id !== null && (typeof id !== 'string' || id.length > 100)) {
    return wrong('id', id, 'a text of at most 100 characters');
  }
  const fix: { -readonly [K in keyof Fix]: Fix[K] } = { unit, device, timeMs, lon: 0, lat: 0 };
  for (const { field, min, max, needed } of numbers) {
    const value = given[field];
    if (!needed && (value === undefined || value === null)) continue;
    if (typeof value !== 'number' || !(value >= min && value <= max)) {
      return wrong(field, value, rangeOf(min, max));
    }
    fix[field] = value;
  }
  if (fix.courseDeg === 360) fix.courseDeg = 0;
  return fix;
}

export function inFuture(timeMs: number, nowMs: number): ItemRefusal {
  const aheadS = Math.round((timeMs - nowMs) / 1000);
  return {
    code: 'time-future',
    field: 'time',
    message: `time is ${aheadS} s in the future; at most 60 s are taken`,
  };
}

/** The refusal of a number that is a number, but not one that can be. */
export function outOfRange(field: (typeof numbers)[number]['field']): ItemRefusal {
  const { min, max } = numbers.find((number) => number.field === field) ?? { min: 0, max: 0 };
  return { code: 'field-out-of-range', field, message: `${field} is not ${rangeOf(min, max)}` };
}

function rangeOf(min: number, max: number): string {
  return `a number from ${min} to ${max}`;
}

const numbers = [
  { field: 'lon', min: -180, max: 180, needed: true },
  { field: 'lat', min: -90, max: 90, needed: true },
  { field: 'courseDeg', min: 0, max: 360, needed: false },
  { field: 'speedMps', min: 0, max: 1000, needed: false },
  { field: 'altitudeM', min: -1000, max: 30_000, needed: false },
  { field: 'accuracyM', min: 0, max: 1_000_000, needed: false },
  { field: 'batteryPct', min: 0, max: 100, needed: false },
] as const;

function wrong(field: string, value: unknown, expected: string): ItemRefusal {
  if (value === undefined || value === null)
    return { code: 'field-missing', field, message: `${field} is missing` };
  const code = typeof value === 'number' ? 'field-out-of-range' : 'field-invalid';
  return { code, field, message: `${field} is not ${expected}` };
}
