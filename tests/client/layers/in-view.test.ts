import { expect, it } from 'vitest';
import { mostKeptClear, mostNamed, unitsInView } from '../../../client/layers/in-view.ts';
import { Units } from '../../../client/store/units.ts';
import { atMs, iso, unit } from '../things.ts';

function unitsAt(...places: ReadonlyArray<readonly [lon: number, lat: number]>): Units {
  const units = new Units();
  units.restate(atMs);
  places.forEach(([lon, lat], index) => units.apply(unit(`u${index}`, { lon, lat })));
  return units;
}

it('finds what stands in the view, also over the antimeridian and in a view of the whole world', () => {
  const units = unitsAt([0, 0], [179.5, 1], [-179.5, -1], [0, 50]);
  const rowsIn = (...view: [number, number, number, number]) => unitsInView(units, view, atMs).rows;
  expect(rowsIn(-1, -1, 1, 1)).toEqual([0]);
  expect(rowsIn(179, -2, 181, 2)).toEqual([1, 2]);
  expect(rowsIn(179, -2, -179, 2)).toEqual([1, 2]);
  expect(rowsIn(-181, -2, -179, 2)).toEqual([1, 2]);
  expect(rowsIn(-300, -80, 300, 80)).toEqual([0, 1, 2, 3]);
  expect(rowsIn(359, -1, 361, 1)).toEqual([0]);
});

it('leaves out free rows and units that never reported', () => {
  const units = unitsAt([0, 0], [0, 0]);
  units.apply(unit('never', { lon: null, lat: null, time: null, receivedAt: null }));
  units.remove(0);
  expect(unitsInView(units, [-1, -1, 1, 1], atMs)).toMatchObject({ count: 1, rows: [1] });
});

it('tells the speed of the fastest that is still drawn along its course', () => {
  const units = unitsAt([0, 0]);
  const add = (id: string, speedMps: number, ageS: number, lon = 0) =>
    units.apply(unit(id, { lon, lat: 0, speedMps, courseDeg: 1, time: iso(atMs - ageS * 1000) }));
  add('here', 7, 0);
  add('overdue', 30, 61);
  add('elsewhere', 40, 0, 20);
  expect(unitsInView(units, [-1, -1, 1, 1], atMs)).toMatchObject({
    fastestMps: 7,
    movesUntilMs: atMs + 60_000,
  });
});

it('lists no more than can be named or kept clear, and counts all', () => {
  const units = new Units();
  units.restate(atMs);
  for (let index = 0; index < 3_000; index += 1)
    units.apply(unit(`u${index}`, { lon: 0, time: iso(atMs - (index % 2) * 600_000) }));
  const { count, rows, oldRows } = unitsInView(units, [-1, -1, 1, 1], atMs);
  expect([count, rows.length, oldRows.length]).toEqual([3_000, mostKeptClear, mostNamed]);
});
