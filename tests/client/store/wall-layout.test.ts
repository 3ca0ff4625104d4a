import { describe, expect, it } from 'vitest';
import { missionLayout, wallAddress, withLayout } from '../../../client/store/wall-layout.ts';
import type { Sector } from '../../../shared/model/mission.ts';

const square = (west: number): Sector['geometry'] => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, 0],
      [west + 1, 0],
      [west + 1, 1],
      [west, 1],
      [west, 0],
    ],
  ],
});
const sectors: readonly Sector[] = [
  { id: 'north', name: 'Sector North', geometry: square(28) },
  { id: 'a:30', name: 'Sector with a colon', geometry: square(30) },
];
const north = { kind: 'sector', id: 'north', name: 'Sector North', box: [28, 0, 29, 1] };
const read = (search: string) => wallAddress(search, sectors);

describe('the address of a wall', () => {
  it.each([
    ['', missionLayout],
    ['?layout=mission', missionLayout],
    ['?layout=sector&sector=north', { kind: 'pages', pages: [{ page: north, seconds: 30 }] }],
    ['?layout=alerts', { kind: 'pages', pages: [{ page: { kind: 'alerts' }, seconds: 30 }] }],
    [
      '?layout=split&areas=28,-1,29,1;179,-5,-179,5&names=Bunia;',
      {
        kind: 'split',
        areas: [
          { name: 'Bunia', box: [28, -1, 29, 1] },
          { name: undefined, box: [179, -5, -179, 5] },
        ],
      },
    ],
    ['?layout=split&sectors=north', { kind: 'split', areas: [north] }],
    [
      '?pages=mission:60,alerts,sector/north:15',
      {
        kind: 'pages',
        pages: [
          { page: { kind: 'mission' }, seconds: 60 },
          { page: { kind: 'alerts' }, seconds: 30 },
          { page: north, seconds: 15 },
        ],
      },
    ],
  ])('reads %s', (search, layout) => {
    expect(read(search)).toMatchObject({ layout, faults: [] });
  });

  it('takes the time of a page from behind the last colon', () => {
    const { layout } = read('?pages=sector/a:30:15');
    expect(layout).toMatchObject({ pages: [{ page: { id: 'a:30' }, seconds: 15 }] });
  });

  it.each([
    ['?layout=cinema', 'layout', 'cinema'],
    ['?layout=sector', 'sector', ''],
    ['?layout=sector&sector=south', 'sector', 'south'],
    ['?layout=split', 'areas', ''],
    ['?layout=split&areas=1,2,3', 'areas', '1,2,3'],
    ['?layout=split&areas=1,3,2,2', 'areas', '1,3,2,2'],
    ['?layout=split&areas=1,2,181,4', 'areas', '1,2,181,4'],
    ['?layout=split&areas=1,2,,4', 'areas', '1,2,,4'],
    ['?layout=split&areas=0,0,1,1&names=A;B', 'names', 'A;B'],
    ['?layout=split&sectors=north,north,north,north,north', 'sectors', 'north,north,north,north,north'],
    ['?layout=split&sectors=north,south', 'sectors', 'south'],
    ['?pages=mission:30,cinema:10', 'pages', 'cinema'],
    ['?pages=alerts:2', 'pages', 'alerts:2'],
    [
      '?pages=alerts,alerts,alerts,alerts,alerts,alerts,alerts',
      'pages',
      'alerts,alerts,alerts,alerts,alerts,alerts,alerts',
    ],
    ['?pages=', 'pages', ''],
  ])('says what is wrong with %s, and shows the mission', (search, field, given) => {
    expect(read(search)).toMatchObject({ layout: missionLayout, faults: [{ field, given }] });
  });

  it('reads looks beside a layout, and keeps the layout where only they are wrong', () => {
    expect(read('?layout=alerts&theme=bright&lang=fr&dim=1&sound=1')).toMatchObject({
      theme: 'bright',
      language: 'fr',
      dims: true,
      sounds: true,
      faults: [],
    });
    const wrong = read('?layout=alerts&theme=pink&lang=xx');
    expect(wrong.layout).toEqual(read('?layout=alerts').layout);
    expect(wrong.faults.map(({ field }) => field)).toEqual(['theme', 'lang']);
  });

  it('keeps looks when another layout is asked for, unless that says otherwise', () => {
    expect(withLayout('?layout=alerts&lang=fr&dim=1', 'layout=mission&dim=0')).toBe(
      '/wall?layout=mission&dim=0&lang=fr',
    );
  });
});
