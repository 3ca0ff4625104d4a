import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Shelf } from '../../../server/record/record.ts';
import { normalNumber } from '../../../server/sources/numbers.ts';
import { createSeal } from '../../../server/sources/seal.ts';
import { openSources, type Sources } from '../../../server/sources/sources.ts';

function shelfInMemory(): Shelf & { readonly kept: Map<string, Uint8Array> } {
  const kept = new Map<string, Uint8Array>();
  return {
    kept,
    get: (key) => Promise.resolve(kept.get(key)),
    put: (key, value) => Promise.resolve(void kept.set(key, value)),
    putNew: (key, value) => Promise.resolve(!kept.has(key) && kept.set(key, value) === kept),
    delete: (key) => Promise.resolve(void kept.delete(key)),
    list: (prefix) => Promise.resolve([...kept].filter(([key]) => key.startsWith(prefix))),
  };
}

const open = (shelf: Shelf, fill = 1): Promise<Sources> =>
  openSources({ shelf, key: { state: 'here', key: Buffer.alloc(32, fill), isNew: false }, country: 'GB' });

it('one caller has one pseudonym however the number is written, and two callers never share one', async () => {
  const shelf = shelfInMemory();
  const sources = await open(shelf);
  const names = await Promise.all(
    [
      '+447700900123',
      '00447700900123',
      'tel:+44 7700 900 123',
      '07700900123',
      '447700900123',
      'whatsapp:+447700900123',
    ].map((written) => sources.pseudonymOf(written)),
  );
  expect(new Set(names).size).toBe(1);
  expect(await (await open(shelf)).pseudonymOf('07700900123')).toBe(names[0]);
  const many = await Promise.all(
    Array.from({ length: 2_000 }, (_, at) => sources.pseudonymOf(`+24399${1_000_000 + at}`)),
  );
  expect(new Set(many).size).toBe(2_000);
  for (const key of shelf.kept.keys()) expect(key).not.toMatch(/447700|7700900123|FP-/);
});

it('opens nothing with another key, nor what was moved or changed', async () => {
  const shelf = shelfInMemory();
  await (await open(shelf)).pseudonymOf('+447700900123');
  expect((await open(shelf, 2)).state).toBe('closed');
  const seal = createSeal(Buffer.alloc(32, 1));
  const sealed = seal.seal('here', Buffer.from('secret'));
  expect(seal.open('here', sealed)?.toString()).toBe('secret');
  expect(seal.open('there', sealed)).toBeUndefined();
  fc.assert(
    fc.property(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
      const other = Buffer.from(sealed);
      other[at] = (other[at] ?? 0) ^ by;
      expect(seal.open('here', other)).toBeUndefined();
    }),
  );
});

it('forgets a number for ever, and a caller who asked to hear nothing stays unheard under any name', async () => {
  const sources = await open(shelfInMemory());
  const before = (await sources.pseudonymOf('+447700900123')) ?? '';
  await sources.stop('07700900123');
  await sources.forget(before);
  expect(await sources.numberOf(before)).toBeUndefined();
  expect(await sources.pseudonymOf('+447700900123')).not.toBe(before);
  expect(await sources.hasStopped('+447700900123')).toBe(true);
});

it('takes any sender as a caller or none, and any text, without a fault', async () => {
  const sources = await open(shelfInMemory());
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string(), async (from, text) => {
      expect(normalNumber(normalNumber(from))).toBe(normalNumber(from));
      expect(await sources.withoutNumbers(`${text} +447700900123`, from)).not.toContain('7700900123');
    }),
    { numRuns: 200 },
  );
});
