import type { Request } from 'express';
import { Failure } from '../../shared/failure.ts';
import { reportLanguages, type ReportLanguage } from '../../shared/model/report.ts';
import { parseTime } from '../ingest/parse-time.ts';

/** What a query says under a name, as one text. */
export function askedText(request: Request, name: string): string | undefined {
  const given = request.query[name];
  if (given === undefined) return undefined;
  if (typeof given === 'string' && given.length <= 300) return given;
  throw new Failure('field-invalid', `${name} is one text of at most 300 characters`, { field: name });
}

/** A time in ms since 1970. */
export function askedTime(request: Request, name: string): number | undefined {
  const given = askedText(request, name);
  if (given === undefined) return undefined;
  const timeMs = parseTime(given);
  if (timeMs !== undefined) return timeMs;
  throw new Failure('time-invalid', `${name} is an RFC 3339 time, as 2026-11-22T16:40:00Z`, { field: name });
}

export function askedLanguage(request: Request): ReportLanguage {
  const given = askedText(request, 'lang') ?? 'en';
  const known = reportLanguages.find((lang) => lang === given);
  if (known) return known;
  throw new Failure('field-invalid', `lang is one of ${reportLanguages.join(', ')}`, { field: 'lang' });
}

/** A day of the calendar, `2026-11-22`; `fallbackMs` says which one where none is asked for. */
export function askedDay(request: Request, name: string, fallbackMs: number): string {
  const given = askedText(request, name) ?? new Date(fallbackMs).toISOString().slice(0, 10);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(given) && parseTime(`${given}T00:00:00Z`) !== undefined;
  if (isDay) return given;
  throw new Failure('field-invalid', `${name} is a day, as 2026-11-22`, { field: name });
}

export function askedCount(request: Request, name: string, usual: number, most: number): number {
  const given = askedText(request, name);
  if (given === undefined) return usual;
  const count = /^\d{1,6}$/.test(given) ? Number(given) : NaN;
  if (count >= 1 && count <= most) return count;
  throw new Failure('field-out-of-range', `${name} is a whole number from 1 to ${most}`, { field: name });
}

/** One word of a closed list. */
export function askedOneOf<Word extends string>(
  request: Request,
  name: string,
  words: readonly Word[],
): Word | undefined {
  const given = askedText(request, name);
  if (given === undefined) return undefined;
  const known = words.find((word) => word === given);
  if (known !== undefined) return known;
  throw new Failure('field-invalid', `${name} is one of ${words.join(', ')}`, { field: name });
}

/** A part of the path. */
export function pathPart(request: Request, name: string): string {
  const value: unknown = request.params[name];
  return typeof value === 'string' ? value : '';
}

/** The client's own id of a change, which makes a retry change nothing. */
export function changeIdOf(request: Request): string | undefined {
  const id = request.header('Idempotency-Key');
  return id !== undefined && id.length > 0 && id.length <= 100 ? id : undefined;
}
