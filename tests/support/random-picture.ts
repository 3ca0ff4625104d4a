import fc from 'fast-check';
import { alertCategories, channels, priorities } from '../../shared/model/alert-lists.ts';
import { type AlertReport } from '../../shared/model/alert.ts';
import type { RestrictedClass } from '../../shared/model/entry.ts';
import { author, Folding } from './entries.ts';

/**
 * Random pictures whose every sensitive field holds a marker that can be looked for in bytes. Positions lie in one
 * of three sectors side by side: S1 west of 10° E, S2 from 10 to 20, S3 beyond.
 */
export interface RandomUnit {
  readonly id: string;
  readonly sector: string;
  readonly lon: number;
  readonly lat: number;
}
export interface RandomAlert {
  readonly id: string;
  readonly report: AlertReport;
  readonly sector: string;
  readonly restricted: RestrictedClass | undefined;
  readonly taskedTo: string | undefined;
  readonly raisedBy: string;
}
export interface RandomThreat {
  readonly id: string;
  readonly sector: string;
  readonly lon: number;
  readonly lat: number;
}
export interface RandomPicture {
  readonly units: readonly RandomUnit[];
  readonly alerts: readonly RandomAlert[];
  readonly threats: readonly RandomThreat[];
}

export const sectors = ['S1', 'S2', 'S3'].map((id, at) => ({
  id,
  name: `Sector ${id}`,
  geometry: {
    type: 'Polygon' as const,
    coordinates: [
      [
        [at * 10, -5],
        [at * 10 + 10, -5],
        [at * 10 + 10, 5],
        [at * 10, 5],
        [at * 10, -5],
      ] as Array<[number, number]>,
    ],
  },
}));

const point = fc.record({
  sectorAt: fc.integer({ min: 0, max: 2 }),
  inLon: fc.integer({ min: 50_000, max: 949_999 }),
  lat: fc.integer({ min: -450_000, max: 450_000 }),
});
/** Seven digits with an ending per kind of thing: no other number in a picture looks like this thing's position. */
const exactly = (hundredThousandths: number, ending: number): number =>
  (hundredThousandths * 100 + ending) / 1e7;
const placeEnding = (ending: number) =>
  point.map(({ sectorAt, inLon, lat }) => ({
    sector: `S${sectorAt + 1}`,
    lon: exactly(sectorAt * 1_000_000 + inLon, ending),
    lat: exactly(lat, ending),
  }));

const units = fc
  .array(placeEnding(17), { minLength: 2, maxLength: 8 })
  .map((places) => places.map((at, number) => ({ id: `unit${number}`, ...at })));

const alerts = fc
  .array(
    fc.record({
      at: placeEnding(37),
      category: fc.constantFrom(...alertCategories),
      priority: fc.constantFrom(...priorities),
      channel: fc.constantFrom(...channels),
      marked: fc.option(fc.constantFrom('crsv' as const, 'child' as const), { nil: undefined }),
      tasked: fc.boolean(),
      byFeed: fc.boolean(),
    }),
    { minLength: 1, maxLength: 10 },
  )
  .map((list) =>
    list.map(({ at, category, priority, channel, marked, tasked, byFeed }, number): RandomAlert => {
      const restricted =
        marked ?? (category === 'crsv' ? 'crsv' : category === 'forced-recruitment' ? 'child' : undefined);
      const { sector } = at;
      // fast-check likes to repeat a place; each alert gets one of its own, so that a match means a leak.
      const [lon, lat] = [at.lon, at.lat].map((value) => Math.round((value + number / 1_000) * 1e7) / 1e7);
      return {
        id: `alert${number}`,
        sector,
        restricted,
        taskedTo: tasked ? 'unit0' : undefined,
        raisedBy: byFeed ? 'feed-1' : 'liaison-1',
        report: {
          category,
          priority,
          channel,
          lon,
          lat,
          text: `TEXT${number}! call 0990 123 4567${number}`,
          placeName: `PLACE${number}!`,
          placeId: `PLACEID${number}!`,
          sourceGrade: 'F',
          infoGrade: 6,
        },
      };
    }),
  );

const threats = fc
  .array(placeEnding(57), { maxLength: 5 })
  .map((list) => list.map((at, number) => ({ id: `threat${number}`, ...at })));

export const randomPicture: fc.Arbitrary<RandomPicture> = fc.record({ units, alerts, threats });

/** Folds the random picture from entries, as a server would. */
export function foldRandom({ units, alerts, threats }: RandomPicture): Folding {
  const folding = new Folding();
  for (const { id, sector, lon, lat } of units) {
    const unit = { callsign: `CALL-${id}!`, kind: 'patrol', sector, capabilities: [`CAP-${id}!`] };
    folding.event({ kind: 'unit.registered', unitId: id, unit });
    folding.fixes([
      { unit: id, device: 'd', timeMs: folding.atMs, lon, lat, batteryPct: 41.7, speedMps: 13.37 },
    ]);
  }
  for (const { id, report, sector, restricted, taskedTo, raisedBy } of alerts) {
    const facts = { sector, ...(restricted ? { restricted } : {}) };
    folding.event({ kind: 'alert.received', alertId: id, alert: report, facts }, author('feed', raisedBy));
    if (taskedTo === undefined) continue;
    const order = `ORDER-${id}!`;
    folding.event({ kind: 'alert.step', alertId: id, step: 'acknowledge', body: {}, facts: {} });
    folding.event({
      kind: 'alert.step',
      alertId: id,
      step: 'task',
      body: { units: [taskedTo], order },
      facts: {},
    });
  }
  for (const { id, lon, lat } of threats) {
    const geometry = { type: 'Point' as const, coordinates: [lon, lat] as [number, number] };
    const threat = {
      kind: `KIND-${id}!`,
      geometry,
      likelihood: 3,
      impact: 4,
      text: `THREAT-${id}!`,
      actor: `ACTOR-${id}!`,
      sourceGrade: 'B' as const,
      infoGrade: 2,
    };
    folding.event({ kind: 'threat.raised', threatId: id, threat });
  }
  return folding;
}
