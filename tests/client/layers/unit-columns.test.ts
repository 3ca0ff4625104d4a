import { describe, expect, it } from 'vitest';
import { unitIcon } from '../../../client/layers/icon-names.ts';
import type { IconAtlas } from '../../../client/layers/icons.ts';
import { motionOf } from '../../../client/layers/reckoning.ts';
import { UnitColumns } from '../../../client/layers/unit-columns.ts';
import { Units } from '../../../client/store/units.ts';
import { atMs, iso, unit } from '../things.ts';

/** Frames that can be told apart by their `x`. */
const icons: IconAtlas = {
  image: {} as IconAtlas['image'], // never drawn here
  mapping: Object.fromEntries(
    (['fresh', 'ageing', 'stale', 'lost'] as const).flatMap((state, index) =>
      [true, false].map((moving) => [
        unitIcon(state, moving),
        { x: 10 * index + (moving && state !== 'lost' ? 1 : 2), y: 5, width: 96, height: 96, mask: false },
      ]),
    ),
  ),
};
function unitsOf(...all: ReturnType<typeof unit>[]): Units {
  const units = new Units();
  units.restate(atMs);
  for (const one of all) units.apply(one);
  return units;
}
const under = (seconds: number) => ({
  time: iso(atMs - seconds * 1000),
  receivedAt: iso(atMs - seconds * 1000),
  speedMps: 9,
  courseDeg: 70,
});
/** What stands in the columns of a row. */
function rowOf(columns: UnitColumns, units: Units, row: number, nowMs = atMs) {
  const { getPosition, getAngle, instanceIconDefs, unitMotions } = columns.sync(
    units,
    icons,
    nowMs,
  ).attributes;
  return {
    at: [...getPosition.value.slice(2 * row, 2 * row + 2)],
    angle: getAngle.value[row],
    icon: [...instanceIconDefs.value.slice(7 * row, 7 * row + 7)],
    motion: [...unitMotions.value.slice(4 * row, 4 * row + 4)],
  };
}

describe('UnitColumns', () => {
  it('turn an arrow along its course, and leave dots and lost units upright', () => {
    const units = unitsOf(
      unit('a', under(0)),
      unit('b', { speedMps: 0, courseDeg: 70 }),
      unit('c', under(1e5)),
    );
    const columns = new UnitColumns();
    expect([0, 1, 2].map((row) => rowOf(columns, units, row).angle)).toEqual([-70, -0, -0]);
  });

  it('choose the icon by age and movement, as the layer wants it', () => {
    const units = unitsOf(
      unit('a', under(0)),
      unit('b', { speedMps: 0 }),
      unit('c', under(400)),
      unit('d', under(1e5)),
    );
    const columns = new UnitColumns();
    expect(rowOf(columns, units, 0).icon).toEqual([0, 0, 1, 5, 96, 96, 0]);
    expect([0, 1, 2, 3].map((row) => rowOf(columns, units, row).icon[2])).toEqual([1, 2, 21, 32]);
  });

  it('give no size to what is not to be seen: free rows and units that never reported', () => {
    const units = unitsOf(
      unit('a', under(0)),
      unit('b', { time: null, receivedAt: null, lon: null, lat: null }),
    );
    const columns = new UnitColumns();
    expect(rowOf(columns, units, 1).icon).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(rowOf(columns, units, 0).icon[4]).toBe(96);
    units.remove(0);
    expect(rowOf(columns, units, 0).icon[4]).toBe(0);
  });

  it('move what is under way and fresh enough, and nothing else, as the store reckons', () => {
    const units = unitsOf(
      unit('a', under(10)),
      unit('b', { speedMps: 0.3, courseDeg: 70 }),
      unit('c', under(301)),
      unit('d', { speedMps: 9 }),
    );
    const columns = new UnitColumns();
    expect(rowOf(columns, units, 0).motion).toEqual([70, 9, -10, 60]);
    expect([1, 2, 3].map((row) => rowOf(columns, units, row).motion[1])).toEqual([0, 0, 0]);
    expect([...motionOf(units, 0, columns.baseMs)]).toEqual(rowOf(columns, units, 0).motion);
    expect(motionOf(units, 2, columns.baseMs)[1]).toBe(0);
  });

  it('tell fix times against a new base after an hour, so that Float32 stays fine enough', () => {
    const units = unitsOf(unit('a', under(0)));
    const columns = new UnitColumns();
    columns.sync(units, icons, atMs);
    const laterMs = atMs + 40 * 86_400_000;
    units.move(0, -18, 0, laterMs - 1_234, 70, 9);
    expect(rowOf(columns, units, 0, laterMs).motion[2]).toBeCloseTo(-1.234, 4);
    expect(columns.baseMs).toBe(laterMs);
  });

  it('hand out the same data while nothing changed, and new wrappers only round what did', () => {
    const units = unitsOf(unit('a', under(0)), unit('b', under(0)));
    const columns = new UnitColumns();
    const first = columns.sync(units, icons, atMs);
    expect(columns.sync(units, icons, atMs + 50)).toBe(first);
    units.move(1, 4, 5, atMs + 100, 80, 9);
    const second = columns.sync(units, icons, atMs + 100);
    expect(second).not.toBe(first);
    expect(second.attributes.getPosition).not.toBe(first.attributes.getPosition);
    expect(second.attributes.instanceIconDefs).toBe(first.attributes.instanceIconDefs);
    units.restate(atMs + 120_000);
    const third = columns.sync(units, icons, atMs + 120_000);
    expect(third.attributes.instanceIconDefs).not.toBe(first.attributes.instanceIconDefs);
  });

  it('keep every row right while they grow, shrink and are given to others', () => {
    const units = new Units();
    units.restate(atMs);
    const columns = new UnitColumns();
    for (let round = 0; round < 40; round += 1) {
      for (let index = 0; index < 60; index += 1)
        units.apply(unit(`u${round}-${index}`, { ...under(0), lon: index }));
      if (round % 3 === 0)
        for (let index = 0; index < 60; index += 7) units.remove(units.rowOf(`u${round}-${index}`) ?? -1);
      columns.sync(units, icons, atMs);
    }
    const data = columns.sync(units, icons, atMs);
    expect(data.length).toBe(units.rows);
    for (let row = 0; row < units.rows; row += 1) {
      const held = units.idAt(row) !== undefined;
      expect(data.attributes.instanceIconDefs.value[7 * row + 4]).toBe(held ? 96 : 0);
      if (held) expect(data.attributes.getAngle.value[row]).toBe(-70);
    }
  });
});
