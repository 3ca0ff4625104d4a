import { describe, expect, it } from 'vitest';
import { feedGoneAfterMs, feedSilentAfterMs, feedState } from '../../../server/web/feed-state.ts';
import { atStartMs, author, fix, Folding } from '../../support/entries.ts';

const north = { by: author('feed', 't-north') };
const south = { by: author('feed', 't-south') };
const nameOf = (id: string) => Promise.resolve(id === 't-north' ? 'Gateway north' : undefined);

function twoFeeds(): Folding {
  const folding = new Folding();
  folding.fixes([fix('n0', atStartMs), fix('n1', atStartMs)], { ...north, atMs: atStartMs });
  folding.fixes([fix('s0', atStartMs), fix('s1', atStartMs)], { ...south, atMs: atStartMs });
  folding.fixes([fix('phone', atStartMs)], { by: author('patrol', 't-phone'), atMs: atStartMs });
  return folding;
}

describe('the state of feeds', () => {
  it('is unknown while no feed brings several units', async () => {
    const folding = new Folding();
    folding.fixes([fix('phone', atStartMs)], north);
    expect(await feedState(folding.picture, nameOf, atStartMs)).toBeUndefined();
  });

  it('counts those that are heard, and no phone of a single unit', async () => {
    expect(await feedState(twoFeeds().picture, nameOf, atStartMs)).toEqual({ heard: 2, all: 2, silent: [] });
  });

  it('names the one that fell silent, with its units and since when, and takes it back when it is heard', async () => {
    const folding = twoFeeds();
    const laterMs = atStartMs + feedSilentAfterMs + 1;
    folding.fixes([fix('s0', laterMs)], { ...south, atMs: laterMs });
    const silent = [{ name: 'Gateway north', units: 2, since: new Date(atStartMs).toISOString() }];
    expect(await feedState(folding.picture, nameOf, laterMs)).toEqual({ heard: 1, all: 2, silent });
    folding.fixes([fix('n0', laterMs)], { ...north, atMs: laterMs });
    expect(await feedState(folding.picture, nameOf, laterMs)).toEqual({ heard: 2, all: 2, silent: [] });
  });

  it('forgets a feed after a day, and one whose units another has taken over', async () => {
    const folding = twoFeeds();
    const laterMs = atStartMs + feedSilentAfterMs + 1;
    folding.fixes([fix('n0', laterMs), fix('n1', laterMs)], { ...south, atMs: laterMs });
    expect(await feedState(folding.picture, nameOf, laterMs)).toEqual({ heard: 1, all: 1, silent: [] });
    expect(await feedState(folding.picture, nameOf, laterMs + feedGoneAfterMs)).toBeUndefined();
  });
});
