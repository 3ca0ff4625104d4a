import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeSchema } from '../../../shared/model/position.ts';
import { parseTime } from '../../../server/ingest/parse-time.ts';

const digits = (length: number, max: number) =>
  fc.integer({ min: 0, max }).map((value) => String(value).padStart(length, '0'));

/** Times that are right or nearly so. */
const nearlyTime = fc
  .tuple(
    digits(4, 9999),
    fc.constantFrom('-', '-', '-', '-', '/', ''),
    digits(2, 13),
    digits(2, 32),
    fc.constantFrom('T', 'T', 'T', 'T', ' ', 't'),
    digits(2, 24),
    digits(2, 60),
    fc.oneof(
      digits(2, 60).map((seconds) => `:${seconds}`),
      fc.constantFrom('', ':', ':5'),
    ),
    fc.oneof(
      fc.constant(''),
      fc.integer({ min: 0, max: 999_999_999 }).map((fraction) => `.${fraction}`),
      fc.constantFrom('.', ',5', '.5x'),
    ),
    fc.constantFrom('Z', 'Z', 'z', '', '+02:00', '-23:59', '+24:00', '+0200', '+02', 'Z0', '-00:00'),
  )
  .map(([year, dash, month, day, t, hour, minute, second, fraction, zone]) =>
    [`${year}${dash}${month}-${day}${t}${hour}:${minute}`, second, fraction, zone].join(''),
  );

describe('times of positions', () => {
  it('are taken as the schema takes them, with or without seconds, and are the time that the platform reads', () => {
    fc.assert(
      fc.property(nearlyTime, (text) => {
        const read = parseTime(text);
        // RFC 3339 wants seconds; trackers leave them out.
        const inFull = text.replace(/^(.{16})(?=[Z+-])/, '$1:00');
        expect(read !== undefined, text).toBe(timeSchema.safeParse(inFull).success && text.length <= 40);
        if (read !== undefined) expect(read, text).toBe(Date.parse(text));
      }),
      { numRuns: 5_000 },
    );
  });

  it('are right on every kind of day of the calendar', () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true, min: new Date('0000-01-01T00:00:00Z') }), (date) => {
        if (date.getUTCFullYear() <= 9999) expect(parseTime(date.toISOString())).toBe(date.getTime());
      }),
      { numRuns: 2_000 },
    );
  });

  it('are nothing where there is no text, or something else in it', () => {
    fc.assert(fc.property(fc.anything(), (given) => void parseTime(given)));
    for (const given of [1795371714, null, '', '2026-11-22', '2026-11-22T16:40:00', '1795371714'])
      expect(parseTime(given)).toBeUndefined();
  });
});
