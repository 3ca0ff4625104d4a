import { describe, expect, it } from 'vitest';
import { BoardOrder, boardColumns, type BoardColumn } from '../../../client/store/board-order.ts';
import { filterText, noFilter, readFilter, type UnitFilter } from '../../../client/store/unit-filter.ts';
import { Units } from '../../../client/store/units.ts';
import type { UnitOut } from '../../../shared/model/unit.ts';
import { atMs, iso, unit } from '../things.ts';

const some = [
  unit('a1', {
    callsign: 'LRP 10',
    time: iso(atMs - 400_000),
    speedMps: 3,
    courseDeg: 90,
    kind: 'foot',
    sector: 'S2',
    batteryPct: 80,
  }),
  unit('a2', { callsign: 'LRP 2', time: iso(atMs - 4_000), speedMps: 0.1, sector: 'S1', batteryPct: 12 }),
  unit('a3', { callsign: 'ÉCHO 1', time: iso(atMs - 9_000), speedMps: 12, courseDeg: 10, sector: 'S1' }),
  unit('a4', { callsign: 'ZULU', time: null, receivedAt: null, lon: null, lat: null }),
];

function unitsOf(all: readonly UnitOut[]): Units {
  const units = new Units();
  units.restate(atMs);
  for (const one of all) units.apply(one);
  return units;
}
const newOrder = () => new BoardOrder({ kind: (kind) => kind, sector: (id) => id && `Sector ${id}` });
function ids(column: BoardColumn, descending = false, filter: UnitFilter = noFilter): string {
  const units = unitsOf(some);
  const rows = newOrder().rows(units, { column, descending }, filter);
  return rows.map((row) => units.idAt(row)).join(' ');
}

describe('BoardOrder', () => {
  it.each([
    ['callsign', 'a2 a1 a4 a3', 'a3 a4 a1 a2'],
    ['age', 'a2 a3 a1 a4', 'a4 a1 a3 a2'],
    ['state', 'a2 a3 a1 a4', 'a4 a1 a2 a3'],
    ['kind', 'a1 a2 a4 a3', 'a2 a4 a3 a1'],
  ] as const)('sorts by %s both ways, equals by name', (column, up, down) => {
    expect(ids(column)).toBe(up);
    expect(ids(column, true)).toBe(down);
  });

  it.each([
    ['speed', 'a2 a1 a3 a4', 'a3 a1 a2 a4'],
    ['course', 'a3 a1 a2 a4', 'a1 a3 a2 a4'],
    ['battery', 'a2 a1 a4 a3', 'a1 a2 a4 a3'],
    ['sector', 'a2 a3 a1 a4', 'a1 a2 a3 a4'],
    ['time', 'a1 a3 a2 a4', 'a2 a3 a1 a4'],
  ] as const)('sorts by %s, what is not known last whichever way round', (column, up, down) => {
    expect(ids(column)).toBe(up);
    expect(ids(column, true)).toBe(down);
  });

  it('agrees with a plain sort on very many units', () => {
    const many = Array.from({ length: 3_000 }, (_, index) =>
      unit(`u${index}`, {
        speedMps: ((index * 7919) % 500) / 10,
        time: iso(atMs - ((index * 104_729) % 9e8)),
      }),
    );
    const units = unitsOf(many);
    const order = newOrder();
    for (const column of boardColumns) order.rows(units, { column, descending: false }, noFilter);
    const speeds = order
      .rows(units, { column: 'speed', descending: true }, noFilter)
      .map((row) => Math.round((units.speed[row] ?? 0) * 100));
    expect(speeds).toEqual([...speeds].sort((a, b) => b - a));
    const ages = order
      .rows(units, { column: 'age', descending: false }, noFilter)
      .map((row) => Math.floor((units.timeMs[row] ?? 0) / 100));
    expect(ages).toEqual([...ages].sort((a, b) => b - a));
  });

  it('sees who came, went and was renamed', () => {
    const units = unitsOf(some);
    const order = newOrder();
    const sort = { column: 'callsign', descending: false } as const;
    order.rows(units, sort, noFilter);
    units.remove(units.rowOf('a4') ?? -1);
    units.apply(unit('a1', { callsign: 'ALPHA', kind: 'boat' }));
    expect(order.rows(units, sort, noFilter).map((row) => units.idAt(row))).toEqual(['a1', 'a2', 'a3']);
    expect(order.kinds).toEqual(['boat', 'patrol']);
    expect(order.rows(units, sort, { ...noFilter, text: 'alpha' })).toHaveLength(1);
  });
});

describe('a filter', () => {
  const passing = (filter: Partial<UnitFilter>) => ids('callsign', false, { ...noFilter, ...filter });

  it('finds part of call sign, id, kind or sector, accents and case aside', () => {
    expect(passing({ text: ' echo' })).toBe('a3');
    expect(passing({ text: 'LRP' })).toBe('a2 a1');
    expect(passing({ text: 'foot' })).toBe('a1');
    expect(passing({ text: 'sector s1' })).toBe('a2 a3');
  });

  it('asks for everything at once', () => {
    expect(passing({ sector: 'S1' })).toBe('a2 a3');
    expect(passing({ sector: 'S1', moving: true })).toBe('a3');
    expect(passing({ lowBattery: true })).toBe('a2');
    expect(passing({ states: ['lost', 'stale'] })).toBe('a1 a4');
    expect(passing({ states: ['lost'], kind: 'foot' })).toBe('');
  });

  it('is one text, and comes back from it', () => {
    const filter: UnitFilter = {
      text: 'a & b=é',
      states: ['stale', 'lost'],
      kind: 'foot',
      sector: 'S 1',
      moving: true,
      lowBattery: true,
    };
    expect(readFilter(filterText(filter))).toEqual(filter);
    expect(filterText(noFilter)).toBe('');
    expect(readFilter('state=never,lost&moving=yes&x=1')).toEqual({ ...noFilter, states: ['lost'] });
  });
});
