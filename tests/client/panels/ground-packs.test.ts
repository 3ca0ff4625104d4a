import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PackFacts } from '../../../client/map/pack-schema.ts';
import { GroundPacks } from '../../../client/panels/ground-packs.svelte.ts';

const facts: PackFacts = { schema: 'nightflash', attribution: '' };
let asked: string[];
let away: Set<string>;
let packs: GroundPacks;
beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  away = new Set();
  packs = new GroundPacks(['/tiles/world', '/tiles/mission']);
});
afterEach(() => {
  packs.stop();
  vi.useRealTimers();
});

const askPack = (pack: string): Promise<PackFacts | undefined> => {
  asked.push(pack);
  return Promise.resolve(away.has(pack) ? undefined : facts);
};

describe('what map packs say of themselves', () => {
  it('is asked once, in their order', async () => {
    packs.ask(askPack);
    packs.ask(askPack);
    expect(packs.facts).toEqual([undefined, undefined]);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(packs.facts).toEqual([facts, facts]);
    expect(asked).toEqual(['/tiles/world', '/tiles/mission']);
    expect(packs.isMissing).toBe(false);
  });

  it('is asked again of the one that could not be read, ever more rarely, and at once when it is told to', async () => {
    away.add('/tiles/mission');
    packs.ask(askPack);
    await vi.advanceTimersByTimeAsync(0);
    expect(packs.facts).toEqual([facts, undefined]);
    expect(packs.isMissing).toBe(true);
    asked = [];
    await vi.advanceTimersByTimeAsync(3_000 + 6_000 + 12_000);
    expect(asked).toEqual(['/tiles/mission', '/tiles/mission', '/tiles/mission']);
    away.clear();
    await packs.again();
    expect(packs.facts).toEqual([facts, facts]);
    expect(packs.isMissing).toBe(false);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(asked).toHaveLength(4);
  });

  it('is not asked before it is known how, nor after the map has gone', async () => {
    await packs.again();
    away.add('/tiles/world');
    packs.ask(askPack);
    await vi.advanceTimersByTimeAsync(0);
    packs.stop();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(asked).toHaveLength(2);
  });
});
