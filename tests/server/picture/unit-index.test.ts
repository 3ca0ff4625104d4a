import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnitIndex } from '../../../server/picture/unit-index.ts';

const encoder = new TextEncoder();
const find = (index: UnitIndex, id: string): number => {
  const bytes = encoder.encode(`##${id}#`);
  return index.find(bytes, 2, bytes.length - 1);
};

describe('the index of units', () => {
  it('finds every id by its bytes wherever they stand, with the slot it was given last', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })), (ids) => {
        const index = new UnitIndex();
        const slots = new Map<string, number>();
        ids.forEach((id, slot) => {
          index.set(id, slot);
          slots.set(id, slot);
        });
        for (const [id, slot] of slots) expect(find(index, id)).toBe(slot);
        expect(find(index, `${ids.join('')}x`)).toBe(-1);
      }),
    );
  });

  it('goes on finding them when it has grown', () => {
    const index = new UnitIndex();
    for (let slot = 0; slot < 20_000; slot++) index.set(`unit-${slot}`, slot);
    for (let slot = 0; slot < 20_000; slot++) expect(find(index, `unit-${slot}`)).toBe(slot);
    expect(find(index, 'unit-20000')).toBe(-1);
  });

  it('passes over texts that do not come back from their bytes', () => {
    const index = new UnitIndex();
    index.set('\ud800', 1);
    index.set('\ufeffu', 2);
    index.set('', 3);
    expect(find(index, '\ufffd')).toBe(-1);
    expect(find(index, '\ufeffu')).toBe(-1);
    expect(find(index, '')).toBe(-1);
  });
});
