import { describe, expect, it } from 'vitest';
import { rankResponders, type Asking } from '../../../server/responders/rank.ts';
import { buildRoadGraph } from '../../../server/roads/road-graph.ts';
import { author, fix, Folding } from '../../support/entries.ts';

const noonMs = Date.parse('2026-11-22T10:00:00Z');
const call = {
  alert: { id: 'a1', category: 'attack-in-progress', receivedAt: '2026-11-22T10:00:00Z' },
  lon: 29.9,
  lat: 1.5,
  languages: ['sw'],
} as const;
const slowRoad = buildRoadGraph([
  {
    line: [
      [29.4, 1.5],
      [29.9, 1.5],
    ],
    rank: 3,
    km: 60,
    min: 1_020,
  },
]);

function withUnits(units: Record<string, { kind: string; lon?: number; capabilities?: string[] }>): Folding {
  const folding = new Folding();
  for (const [unitId, { kind, capabilities = [] }] of Object.entries(units))
    folding.event({ kind: 'unit.registered', unitId, unit: { callsign: unitId, kind, capabilities } });
  folding.fixes(Object.entries(units).map(([id, { lon = 29.4 }]) => fix(id, noonMs, { lon })));
  return folding;
}
const asking = ({ picture }: Folding, more: Partial<Asking> = {}): Asking => ({
  picture,
  roads: slowRoad,
  sees: () => true,
  stateOf: () => ({ state: 'fresh', ageS: 10 }),
  atMs: noonMs,
  ...more,
});
const order = (folding: Folding, more: Partial<Asking> = {}) =>
  rankResponders(call, asking(folding, more)).map(({ unit }) => unit);

describe('the ranking of responders', () => {
  it('puts a helicopter before 17 h of road by day, and behind it by night', () => {
    const folding = withUnits({ road: { kind: 'patrol' }, air: { kind: 'helicopter' } });
    expect(order(folding)).toEqual(['air', 'road']);
    const night = { atMs: Date.parse('2026-11-22T20:00:00Z') };
    expect(order(folding, night)).toEqual(['road', 'air']);
    const [, air] = rankResponders(call, asking(folding, night));
    expect(air).toMatchObject({
      able: false,
      reasons: [{ code: 'no-daylight' }, { code: 'start-up' }, { code: 'no-interpreter' }],
    });
    const equipped = withUnits({
      road: { kind: 'patrol' },
      air: { kind: 'helicopter', capabilities: ['night'] },
    });
    expect(order(equipped, night)).toEqual(['air', 'road']);
  });

  it('prefers the free to the busy and the fresh to the stale, and says why', () => {
    const folding = withUnits({
      busy: { kind: 'patrol', lon: 29.8 },
      stale: { kind: 'patrol', lon: 29.8 },
      free: { kind: 'patrol' },
    });
    const alert = { category: 'looting', text: 'x', channel: 'call' } as const;
    folding.event({
      kind: 'alert.received',
      alertId: 'other',
      alert: { ...alert, priority: 'P1' },
      facts: {},
    });
    folding.event(
      { kind: 'alert.step', alertId: 'other', step: 'task', body: { units: ['busy'] }, facts: {} },
      author('chief'),
    );
    const stateOf: Asking['stateOf'] = ({ id }) => ({ state: id === 'stale' ? 'stale' : 'fresh', ageS: 10 });
    const ranked = rankResponders(call, asking(folding, { stateOf }));
    expect(ranked[0]?.unit).toBe('free');
    expect(ranked.find(({ unit }) => unit === 'busy')?.reasons[0]?.code).toBe('busy');
    expect(ranked.find(({ unit }) => unit === 'stale')?.reasons[0]).toEqual({ code: 'stale' });
  });

  it('prefers who speaks the language of the village, and sends no unarmed team first into an attack', () => {
    const folding = withUnits({
      a: { kind: 'patrol' },
      b: { kind: 'patrol', capabilities: ['interpreter:sw'] },
      talks: { kind: 'civilian', lon: 29.5, capabilities: ['interpreter:sw'] },
      far: { kind: 'base' },
    });
    expect(order(folding).slice(0, 2)).toEqual(['b', 'a']);
    expect(rankResponders(call, asking(folding)).at(-1)).toMatchObject({
      unit: 'far',
      able: false,
      etaS: null,
    });
    const tension = { ...call, alert: { ...call.alert, category: 'intercommunal-tension' as const } };
    expect(rankResponders(tension, asking(folding))[0]?.unit).toBe('talks');
  });
});
