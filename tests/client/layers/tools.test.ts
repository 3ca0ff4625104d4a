import { describe, expect, it } from 'vitest';
import {
  radiiAt,
  ringsOverlay,
  ToolsOverView,
  wayOverlay,
  type ToolsInput,
} from '../../../client/layers/tools.ts';
import { legsOf, MapTools } from '../../../client/store/map-tools.svelte.ts';
import { distanceM } from '../../../shared/geo/distance.ts';

const words = {
  distance: (metres: number) => `${metres} m`,
  leg: ({ metres }: { readonly metres: number }) => `${Math.round(metres / 1000)} km`,
};
const ink = [255, 255, 255, 255] as const;
const colours = { ink, quiet: ink, halo: ink };
const beni = { lon: 29.473, lat: 0.491 };
const bunia = { lon: 30.252, lat: 1.566 };

describe('a measured way', () => {
  it('has a leg from each point to the next, with the bearing there and back', () => {
    const [leg] = legsOf([beni, bunia]);
    expect(leg?.metres).toBeCloseTo(147_700, -3);
    expect(leg?.bearing).toBeCloseTo(35.9, 0);
    expect(leg?.back).toBeCloseTo(215.9, 0);
    expect(legsOf([beni])).toEqual([]);
  });

  it('says each leg at its middle, and bends as the shortest way does', () => {
    const { lines, texts, points } = wayOverlay([beni, bunia, { lon: 150, lat: 60 }], words, colours);
    expect(texts[0]?.text).toBe('148 km');
    expect(texts[0]?.lon).toBeGreaterThan(beni.lon);
    expect(texts[0]?.lon).toBeLessThan(bunia.lon);
    expect(points).toHaveLength(3);
    expect(lines[1]?.path.length).toBeGreaterThan(100);
    expect(Math.max(...(lines[1]?.path.map(([, lat]) => lat) ?? []))).toBeGreaterThan(60);
  });

  it('goes over the antimeridian the short way', () => {
    const { lines } = wayOverlay([{ lon: 179, lat: 0 }, { lon: -179, lat: 0 }], words, colours); // prettier-ignore
    const lons = lines[0]?.path.map(([lon]) => lon) ?? [];
    expect(Math.max(...lons) - Math.min(...lons)).toBeCloseTo(2);
  });
});

describe('range rings', () => {
  it('are the round distances that can be told apart at a scale', () => {
    expect(radiiAt(10)).toEqual([500, 1_000, 2_000, 5_000]);
    expect(radiiAt(100)).toEqual([5_000, 10_000, 25_000, 50_000]);
  });

  it('have every corner at their distance, in both hemispheres', () => {
    for (const at of [beni, { lon: 179.9, lat: -16 }, { lon: 20, lat: 70 }]) {
      const { lines } = ringsOverlay(at, [5_000, 25_000], words, colours);
      lines.forEach(({ path }, index) => {
        for (const [lon, lat] of path)
          expect(distanceM(at.lon, at.lat, lon, lat)).toBeCloseTo([5_000, 25_000][index] ?? 0, 0);
      });
    }
  });
});

describe('ToolsOverView', () => {
  const input: ToolsInput = { way: [], rings: beni, grid: 'mgrs', words };
  const view = { bounds: [29, 0, 30, 1], zoom: 9, metresPerPx: 100 } as const;

  it('answers the same things for the same view, and others for another', () => {
    const tools = new ToolsOverView();
    const first = tools.over(input, view);
    const second = tools.over(input, view);
    expect(second.graticule).toBe(first.graticule);
    expect(second.radiiM).toBe(first.radiiM);
    expect(first.graticule.lines.length).toBeGreaterThan(0);
    const moved = tools.over(input, { ...view, bounds: [29.5, 0, 30.5, 1] });
    expect(moved.graticule).not.toBe(first.graticule);
    expect(tools.over({ ...input, grid: 'none' }, view).graticule.lines).toEqual([]);
  });
});

describe('MapTools', () => {
  it('takes clicks while a tool is in the hand, and none otherwise', () => {
    const tools = new MapTools();
    expect(tools.clicked(beni)).toBe(false);
    tools.take('measure');
    expect([tools.clicked(beni), tools.clicked(bunia)]).toEqual([true, true]);
    tools.undo();
    expect(tools.way).toEqual([beni]);
    tools.back();
    expect(tools.tool).toBeUndefined();
    expect(tools.isInUse).toBe(true);
    tools.back();
    expect(tools.isInUse).toBe(false);
  });

  it('puts rings round one click and gives the map back', () => {
    const tools = new MapTools();
    tools.take('rings');
    expect(tools.clicked(beni)).toBe(true);
    expect(tools.rings).toEqual(beni);
    expect(tools.clicked(bunia)).toBe(false);
  });
});
