import { describe, expect, it } from 'vitest';
import { symbolParts } from '../../../client/layers/app6-drawing.ts';
import { symbolKind, symbolName } from '../../../client/layers/unit-symbols.ts';
import { unitKinds, unitStates } from '../../../shared/model/unit.ts';

describe('APP-6 symbols', () => {
  it('are known to the library for every kind, and no two kinds look alike', () => {
    const drawn = unitKinds.map((kind) => JSON.stringify(symbolParts(kind)));
    expect(drawn.filter((one) => one === undefined)).toEqual([]);
    expect(new Set(drawn).size).toBe(unitKinds.length);
  });

  it('give a word that is no kind of ours the symbol of a plain unit', () => {
    expect(symbolKind('police')).toBe('police');
    expect(symbolKind('camel')).toBe('other');
    expect(symbolKind('toString')).toBe('other');
  });

  it('have a name of their own for each kind and age', () => {
    const names = unitKinds.flatMap((kind) => unitStates.map((_, state) => symbolName(kind, state)));
    expect(new Set(names).size).toBe(unitKinds.length * unitStates.length);
  });
});
