import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceM } from '../../../shared/geo/distance.ts';
import { isOpen } from '../../../shared/model/alert-steps.ts';
import type { Alert } from '../../../server/picture/picture.ts';
import { loadSnapshot, saveSnapshot } from '../../../server/picture/snapshot.ts';
import { author, Folding } from '../../support/entries.ts';
import { memoryShelf } from '../../support/memory-shelf.ts';

const hourMs = 3_600_000;
const precisions = ['exact', 'village', 'area', 'unknown'] as const;
const reach = { exact: 1_000, village: 2_500, area: 5_000, unknown: 5_000 };

/** Few places, on both sides of the date line, of cells and of hours, so that many alerts are near to each other. */
const where = fc.record({
  lon: fc.constantFrom(29.999, 30.001, 30.05, 30.14, 179.99, -179.97, -180),
  lat: fc.constantFrom(0, 0.04, 0.099, 0.101, -0.02),
  precision: fc.constantFrom(...precisions),
});
const place = fc.constantFrom('v1', 'v2');
const report = fc.oneof(
  where,
  fc.record({ placeId: place }),
  fc.tuple(where, fc.record({ placeId: place })).map(([at, known]) => ({ ...at, ...known })),
  fc.constant({}),
);
const deed = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ deed: fc.constant('raise' as const), report, restricted: fc.boolean() }),
  },
  fc.record({ deed: fc.constant('move' as const), which: fc.nat(30), report: where }),
  fc.record({ deed: fc.constant('restrict' as const), which: fc.nat(30) }),
  fc.record({ deed: fc.constant('release' as const), which: fc.nat(30) }),
  fc.record({ deed: fc.constant('false' as const), which: fc.nat(30) }),
  fc.record({ deed: fc.constant('reopen' as const), which: fc.nat(30) }),
  fc.record({ deed: fc.constant('merge' as const), which: fc.nat(30), into: fc.nat(30) }),
);
const deeds = fc.array(fc.record({ what: deed, afterMs: fc.constantFrom(0, 60_000, hourMs) }), {
  minLength: 5,
  maxLength: 45,
});

function folded(list: typeof deeds extends fc.Arbitrary<infer T> ? T : never): Folding {
  const folding = new Folding();
  list.forEach(({ what, afterMs }, number) => {
    folding.atMs += afterMs;
    if (what.deed === 'raise') {
      const alert = { category: 'other' as const, text: '', channel: 'call' as const, ...what.report };
      const facts = what.restricted && number % 3 === 0 ? { restricted: 'other' as const } : {};
      folding.event({ kind: 'alert.received', alertId: `a${number}`, alert, facts });
      return;
    }
    const ids = [...folding.picture.alerts.keys()];
    const alertId = ids[what.which % Math.max(1, ids.length)] ?? 'none';
    const change = { kind: 'alert.changed' as const, alertId, patch: {}, facts: {} };
    const step = { kind: 'alert.step' as const, alertId, facts: {} };
    if (what.deed === 'move') folding.event({ ...change, patch: what.report });
    if (what.deed === 'restrict') folding.event({ ...change, facts: { restricted: 'crsv' } });
    if (what.deed === 'release') folding.event({ ...change, facts: { released: true } });
    const body = { reason: 'x' };
    if (what.deed === 'false' || what.deed === 'reopen')
      folding.event({ ...step, step: what.deed, body }, author('chief'));
    if (what.deed === 'merge')
      folding.event({ ...step, step: 'merge', body: { into: ids[what.into % ids.length] ?? '' } });
  });
  return folding;
}

/** As the definition says it, over all pairs. */
function expected(alert: Alert, all: readonly Alert[]): string[] {
  const isCompared = ({ state, report: { lon, placeId } }: Alert) =>
    isOpen(state) && (typeof lon === 'number' || !!placeId);
  if (!isCompared(alert)) return [];
  const gapMs = (other: Alert) => Math.abs(other.receivedAtMs - alert.receivedAtMs);
  const near = all.filter((other) => {
    if (other.id === alert.id || !isCompared(other) || gapMs(other) > 2 * hourMs) return false;
    // Restricted ones among themselves: no other can tell of one.
    if ((other.restricted === undefined) !== (alert.restricted === undefined)) return false;
    const [a, b] = [alert.report, other.report];
    if (a.placeId && a.placeId === b.placeId) return true;
    if (typeof a.lon !== 'number' || typeof b.lon !== 'number') return false;
    const away = distanceM(a.lon, a.lat ?? 0, b.lon, b.lat ?? 0);
    return away <= reach[a.precision ?? 'exact'] + reach[b.precision ?? 'exact'];
  });
  near.sort((a, b) => gapMs(a) - gapMs(b) || (a.id < b.id ? -1 : 1));
  return near.slice(0, 8).map(({ id }) => id);
}

describe('alerts that may be the same', () => {
  it('are those that the definition names, after whatever has happened to any of them', () => {
    fc.assert(
      fc.property(deeds, (list) => {
        const all = [...folded(list).picture.alerts.values()];
        for (const alert of all)
          expect([alert.id, alert.possibleDuplicates ?? []]).toEqual([alert.id, expected(alert, all)]);
      }),
      { numRuns: 300 },
    );
  });

  it('are told anew to those who see one of them when the other comes or goes', () => {
    const folding = new Folding();
    const raise = (alertId: string) =>
      folding.event({
        kind: 'alert.received',
        alertId,
        alert: { category: 'other', text: '', channel: 'call', lon: 30, lat: 0 },
        facts: {},
      });
    raise('a1');
    expect(
      raise('a2')
        ?.changes.map(({ id }) => id)
        .sort(),
    ).toEqual(['a1', 'a2', 'a2']);
    const merged = folding.event({
      ...{ kind: 'alert.step', alertId: 'a2', step: 'merge', body: { into: 'a1' }, facts: {} },
    });
    expect(new Set(merged?.changes.map(({ id }) => id))).toEqual(new Set(['a1', 'a2']));
    expect(folding.picture.alerts.get('a1')).toMatchObject({ mergedFrom: ['a2'] });
    expect(folding.picture.alerts.get('a1')).not.toHaveProperty('possibleDuplicates');
  });

  it('are the same after a snapshot, for those that come later too', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, async (list) => {
        const folding = folded(list);
        const shelf = memoryShelf();
        await saveSnapshot(shelf, 'e', folding.picture, { writer: 'w' });
        const loaded = await loadSnapshot(shelf, 'e');
        expect(loaded?.alerts).toEqual(folding.picture.alerts);
        for (const { id } of folding.picture.alerts.values())
          expect(loaded?.nearAlerts.spotOf(id)).toEqual(folding.picture.nearAlerts.spotOf(id));
      }),
      { numRuns: 20 },
    );
  });
});
