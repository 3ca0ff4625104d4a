import { describe, expect, it } from 'vitest';
import {
  alertItems,
  feedOf,
  LinkWatch,
  threatItems,
  UnitWatch,
  type FeedItem,
} from '../../../client/store/feed.ts';
import type { LinkState } from '../../../client/store/link.ts';
import { Units } from '../../../client/store/units.ts';
import type { ThreatOut } from '../../../shared/model/threat.ts';
import { alert, atMs, iso, unit } from '../things.ts';

const live: LinkState = { kind: 'live', ageS: 0.2 };
const offline: LinkState = { kind: 'offline', sinceMs: atMs - 5_000 };

describe('what alerts tell', () => {
  it('is their history, with who did it', () => {
    const history = [
      { what: 'received', at: iso(atMs - 60_000), by: 'SMS', role: 'feed' },
      { what: 'acknowledge', at: iso(atMs - 30_000), by: 'Diallo', role: 'watch' },
    ] as const;
    expect(alertItems([alert('a', 'P1', [], { history })])).toMatchObject([
      { what: 'received', atMs: atMs - 60_000, id: 'a', priority: 'P1' },
      { what: 'acknowledge', by: { by: 'Diallo', role: 'watch' } },
    ]);
  });

  it('is that they came, where the history is not for this viewer', () => {
    const items = alertItems([alert('a', 'P2', [['acknowledge', 40]])]);
    expect(items).toMatchObject([{ what: 'received', atMs: atMs - 40_000, by: undefined }]);
  });
});

describe('what threats tell', () => {
  const threat = (given: Partial<ThreatOut>): ThreatOut => ({
    id: 't',
    kind: 'armed group',
    geometry: { type: 'Point', coordinates: [0, 0] },
    level: 9,
    raisedAt: iso(atMs - 9_000),
    changedAt: iso(atMs),
    ...given,
  });
  const told = (given: Partial<ThreatOut>) =>
    threatItems([threat(given)], atMs).map((item) => item.kind === 'threat' && item.what);

  it('is that they were raised, ended, or that their time ran out', () => {
    expect(told({})).toEqual(['raised']);
    expect(told({ endedAt: iso(atMs - 1_000), validTo: iso(atMs - 2_000) })).toEqual(['raised', 'ended']);
    expect(told({ validTo: iso(atMs) })).toEqual(['raised', 'lapsed']);
    expect(told({ validTo: iso(atMs + 1) })).toEqual(['raised']);
  });
});

describe('a feed', () => {
  const item = (key: string, at: number): FeedItem => ({
    key,
    kind: 'unit',
    what: 'lost',
    id: key,
    atMs: at,
  });

  it('has the newest first, what came later before what came earlier at the same moment, and an end', () => {
    const items = feedOf(
      [
        [item('a', 1), item('b', 5)],
        [item('c', 5), item('d', 3)],
      ],
      3,
    );
    expect(items.map(({ key }) => key)).toEqual(['c', 'b', 'd']);
  });
});

describe('UnitWatch', () => {
  /** Lost 1,200 s after the last report. */
  const lostAtMs = atMs + 1_200_000;
  const units = (count = 1): Units => {
    const held = new Units();
    for (let index = 0; index < count; index += 1) held.apply(unit(`u${index}`, {}));
    held.restate(atMs);
    return held;
  };
  const lookAt = (watch: UnitWatch, held: Units, nowMs: number, link: LinkState = live) => {
    held.restate(nowMs);
    return watch.look(held, nowMs, link);
  };

  it('tells of a unit that is lost when it was, and that it came back', () => {
    const [watch, held] = [new UnitWatch(), units()];
    expect(lookAt(watch, held, atMs)).toEqual([]);
    expect(lookAt(watch, held, lostAtMs + 2_500)).toMatchObject([
      { kind: 'unit', id: 'u0', what: 'lost', atMs: lostAtMs },
    ]);
    expect(lookAt(watch, held, lostAtMs + 3_500)).toEqual([]);
    held.apply(unit('u0', { time: iso(lostAtMs + 4_000), receivedAt: iso(lostAtMs + 4_000) }));
    expect(lookAt(watch, held, lostAtMs + 4_500)).toMatchObject([{ id: 'u0', what: 'returned' }]);
  });

  it('says nothing of units that come into view or have never reported, even in the row of another', () => {
    const [watch, held] = [new UnitWatch(), units()];
    lookAt(watch, held, atMs);
    held.remove(held.rowOf('u0') ?? -1);
    held.apply(unit('other', { time: iso(atMs - 9e6), receivedAt: iso(atMs - 9e6) }));
    held.apply(unit('silent', { time: null, receivedAt: null, lon: null, lat: null }));
    expect(lookAt(watch, held, atMs + 1_000)).toEqual([]);
    expect(lookAt(watch, held, atMs + 2_000)).toEqual([]);
  });

  it('tells of very many as one', () => {
    const [watch, held] = [new UnitWatch(), units(40)];
    lookAt(watch, held, atMs);
    expect(lookAt(watch, held, lostAtMs + 1)).toMatchObject([{ kind: 'units', count: 40, what: 'lost' }]);
  });

  it('does not judge while the link is down, and only what is still so once it is back and has settled', () => {
    const [watch, held] = [new UnitWatch(), units(2)];
    lookAt(watch, held, atMs);
    expect(lookAt(watch, held, lostAtMs + 1, offline)).toEqual([]);
    expect(lookAt(watch, held, lostAtMs + 1_001)).toEqual([]);
    held.apply(unit('u1', { time: iso(lostAtMs), receivedAt: iso(lostAtMs) }));
    expect(lookAt(watch, held, lostAtMs + 2_001)).toMatchObject([{ id: 'u0', what: 'lost' }]);
  });
});

describe('LinkWatch', () => {
  it('tells once that the link is lost, since when, and once that it is back, after how long', () => {
    const watch = new LinkWatch();
    expect(watch.look({ kind: 'connecting' }, atMs)).toEqual([]);
    expect(watch.look(live, atMs)).toEqual([]);
    expect(watch.look(offline, atMs)).toMatchObject([{ what: 'lost', atMs: atMs - 5_000 }]);
    expect(watch.look({ kind: 'stale', sinceMs: atMs - 5_000 }, atMs + 1_000)).toEqual([]);
    expect(watch.look(live, atMs + 5_000)).toMatchObject([{ what: 'back', atMs: atMs + 5_000, forS: 10 }]);
    expect(watch.look({ kind: 'behind', behindS: 3 }, atMs + 6_000)).toEqual([]);
  });
});
