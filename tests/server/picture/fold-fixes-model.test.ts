import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fix } from '../../../shared/model/position.ts';
import { encodeFixBatch, quantise } from '../../../shared/model/fix-batch.ts';
import { fold, newPicture } from '../../../server/picture/fold.ts';
import type { BatchVerdict } from '../../../server/picture/picture.ts';
import { encodeFormat1 } from '../../support/entry-format-1.ts';
import { atStartMs, author } from '../../support/entries.ts';

/** What the fold should decide, said as plainly as it can be: lists, texts and nothing clever. */
class PlainFold {
  readonly units = new Map<string, { fixes: Fix[]; live?: Fix & { receivedAtMs: number } }>();

  fold(fixes: readonly Fix[], mayRegister: boolean, atMs: number): BatchVerdict {
    const verdict = {
      accepted: 0,
      duplicates: 0,
      late: 0,
      conflicts: [] as number[],
      unknownUnits: [] as number[],
    };
    fixes.map(quantise).forEach((fix, index) => {
      const unit = this.units.get(fix.unit) ?? { fixes: [] };
      if (!this.units.has(fix.unit) && !mayRegister) {
        verdict.unknownUnits.push(index);
        return;
      }
      this.units.set(fix.unit, unit);
      const seen = unit.fixes.find(({ device, timeMs }) => device === fix.device && timeMs === fix.timeMs);
      if (seen) {
        if (textOf(seen) === textOf(fix)) verdict.duplicates++;
        else verdict.conflicts.push(index);
        return;
      }
      verdict.accepted++;
      unit.fixes.push(fix);
      const counts = (one: { timeMs: number }, receivedAtMs: number) => Math.min(one.timeMs, receivedAtMs);
      const { live } = unit;
      const ahead = live ? counts(fix, atMs) - counts(live, live.receivedAtMs) : 1;
      if (ahead > 0 || (ahead === 0 && live && fix.timeMs > live.timeMs))
        unit.live = { ...fix, receivedAtMs: atMs };
      else verdict.late++;
    });
    return { kind: 'fixes', ...verdict };
  }
}

function textOf({ lon, lat, courseDeg, speedMps, altitudeM, accuracyM, batteryPct }: Fix): string {
  return JSON.stringify([lon + 0, lat + 0, courseDeg, speedMps, altitudeM, accuracyM, batteryPct]);
}

/** Few units, devices, times and values, so that everything happens often. */
const fix: fc.Arbitrary<Fix> = fc.record({
  unit: fc.constantFrom('u1', 'u2', 'Ndélé', '\ufeffb', 'b'),
  device: fc.constantFrom('feed', 'd1', 'd2'),
  timeMs: fc.integer({ min: -20, max: 70 }).map((second) => atStartMs + second * 1_000),
  lon: fc.constantFrom(29.5, 29.51),
  lat: fc.constantFrom(1.5, -1.5),
  courseDeg: fc.constantFrom(undefined, 0, 90.25),
  speedMps: fc.constantFrom(undefined, 8, 700),
  altitudeM: fc.constantFrom(undefined, -3.5),
  accuracyM: fc.constantFrom(undefined, 4),
  batteryPct: fc.constantFrom(undefined, 50),
});
const batch = fc.record({ fixes: fc.array(fix, { maxLength: 40 }), mayRegister: fc.boolean() });

describe('folding fixes, beside a plain model', () => {
  it.each([
    ['today', encodeFixBatch],
    ['entries of format 1', encodeFormat1],
  ])('gives the same verdicts, live fixes and tracks: %s', (_name, encode) => {
    fc.assert(
      fc.property(fc.array(batch, { maxLength: 8 }), (batches) => {
        const model = new PlainFold();
        const picture = newPicture();
        batches.forEach(({ fixes, mayRegister }, number) => {
          // The record keeps an id as its bytes; a mark of byte order at the beginning is none of it.
          const kept = fixes.map((each) => ({ ...each, unit: each.unit.replace('\ufeff', '') }));
          const atMs = atStartMs + number * 10_000;
          const body = encode({ ref: 'r', author: author('feed'), mayRegister, fixes });
          const folded = fold(picture, { seq: number + 1, atMs, stream: 'positions', body });
          expect(folded?.verdict).toEqual(model.fold(kept, mayRegister, atMs));
        });
        expect(new Set(picture.units.keys())).toEqual(new Set(model.units.keys()));
        for (const [id, { fixes, live }] of model.units) {
          expect(picture.units.get(id)?.live).toMatchObject(present(live));
          const times = picture.tracks.between(id, -Infinity, Infinity).map(({ timeMs }) => timeMs);
          expect(times).toEqual(fixes.map(({ timeMs }) => timeMs).sort((a, b) => a - b));
        }
      }),
      { numRuns: 150 },
    );
  });
});

function present(fix: object | undefined): object {
  return Object.fromEntries(Object.entries(fix ?? {}).filter(([, value]) => value !== undefined));
}
