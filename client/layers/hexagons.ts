import type { Layer } from '@deck.gl/core';
import { PathStyleExtension, type PathStyleExtensionProps } from '@deck.gl/extensions';
import { IconLayer, PathLayer, PolygonLayer } from '@deck.gl/layers';
import { priorities, type Priority } from '../../shared/model/alert-lists.ts';
import { isOpen } from '../../shared/model/alert-steps.ts';
import type { HexagonCount } from '../store/picture.svelte.ts';
import type { QueueRow } from '../store/queue.ts';
import { isPlaced, type Scene } from './scene.ts';
import { paletteOf, withAlpha } from './style.ts';

type LonLat = readonly [lon: number, lat: number];

/** What of the H3 library is needed; it is loaded when hexagons first come. Degrees, latitude first, as it answers. */
export interface HexagonGrid {
  cellToBoundary(h3: string): ReadonlyArray<readonly number[]>;
  cellToLatLng(h3: string): readonly number[];
  latLngToCell(lat: number, lon: number, resolution: number): string;
  getResolution(h3: string): number;
}

/** Units of a cell as it is drawn. */
export interface Hexagon extends HexagonCount {
  readonly centre: LonLat;
  /** Corners, closed; longitudes run on over the antimeridian. */
  readonly ring: readonly LonLat[];
  readonly widthDeg: number;
  /** The highest priority of the open alerts in it. */
  readonly priority?: Priority | undefined;
}

export async function loadHexagonGrid(): Promise<HexagonGrid> {
  const { cellToBoundary, cellToLatLng, getResolution, latLngToCell } = await import('h3-js');
  return { cellToBoundary, cellToLatLng, getResolution, latLngToCell };
}

/** The shapes of counted cells; a cell that the grid does not know is left out. */
export function hexagonsOf(cells: readonly HexagonCount[], grid: HexagonGrid): Hexagon[] {
  return cells
    .filter(({ count }) => count > 0)
    .flatMap((cell) => {
      const [lat = 0, lon = 0] = grid.cellToLatLng(cell.h3);
      const corners = grid.cellToBoundary(cell.h3).map(([y = 0, x = 0]): LonLat => [besideOf(lon, x), y]);
      const first = corners[0];
      if (!first) return [];
      const lons = corners.map(([x]) => x);
      const widthDeg = Math.max(...lons) - Math.min(...lons);
      return [{ ...cell, centre: [lon, lat] as const, ring: [...corners, first], widthDeg }];
    });
}

/** The cells with the highest priority of the open alerts that lie in each. */
export function withPriorities(
  hexagons: readonly Hexagon[],
  rows: readonly QueueRow[],
  grid: HexagonGrid,
): Hexagon[] {
  const highest = new Map<string, Priority>();
  const resolutions = new Set(hexagons.map(({ h3 }) => grid.getResolution(h3)));
  for (const { alert } of rows) {
    if (!isPlaced(alert) || !isOpen(alert.state)) continue;
    for (const resolution of resolutions) {
      const cell = grid.latLngToCell(alert.lat, alert.lon, resolution);
      const before = highest.get(cell);
      const isHigher =
        before === undefined || priorities.indexOf(alert.priority) < priorities.indexOf(before);
      if (isHigher) highest.set(cell, alert.priority);
    }
  }
  return hexagons.map((hexagon) => ({ ...hexagon, priority: highest.get(hexagon.h3) }));
}

/** A longitude as it is written beside another one: 181° and not -179° next to 179°. */
function besideOf(lon: number, x: number): number {
  if (x - lon > 180) return x - 360;
  return x - lon < -180 ? x + 360 : x;
}

/** Five strengths of fill, by how many times ten, a hundred, a thousand. */
export function fillAlpha(count: number): number {
  const step = Math.min(4, Math.floor(Math.log10(Math.max(1, count)) * 1.5));
  return [18, 32, 48, 66, 86][step] ?? 18;
}

/** How far inside its hexagon the border of the old ones runs: on the line itself it would belong to two. */
export const oldInset = 0.9;

/** A part of a hexagon's border, drawn a little inside it, that is as long as the share of old units. */
export function oldBorder(hexagon: Pick<Hexagon, 'centre' | 'ring' | 'count' | 'old'>): LonLat[] {
  const { count, old } = hexagon;
  const [lon, lat] = hexagon.centre;
  const ring = hexagon.ring.map(([x, y]): LonLat => [lon + (x - lon) * oldInset, lat + (y - lat) * oldInset]);
  const sides = ring.length - 1;
  let left = Math.min(1, old / Math.max(1, count)) * sides;
  const path: LonLat[] = [];
  for (let side = 0; side < sides && left > 0; side += 1, left -= 1) {
    const [from, to] = [ring[side], ring[side + 1]];
    if (!from || !to) break;
    const share = Math.min(1, left);
    if (side === 0) path.push(from);
    path.push([from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]);
  }
  return path;
}

/** A figure that fits a small cell: 950, 4.2k, 12k. */
export function countText(count: number): string {
  if (count < 1_000) return String(count);
  const thousands = count / 1_000;
  return `${thousands < 9.95 ? thousands.toFixed(1) : Math.round(thousands)}k`;
}

/** The corner that lies furthest up. */
function topOf(ring: readonly LonLat[]): LonLat {
  return ring.reduce((top, corner) => (corner[1] > top[1] ? corner : top), ring[0] ?? [0, 0]);
}

/** Counted cells: filled by number, and broken and heavy along the border by the share nobody has heard from. */
export function hexagonLayers({ hexagons, icons, markScale, theme }: Scene): Layer[] {
  if (hexagons.length === 0) return [];
  const colours = paletteOf(theme);
  const partlyOld = hexagons.filter(({ old }) => old > 0);
  return [
    new PolygonLayer<Hexagon>({
      id: 'hexagons',
      data: hexagons,
      getPolygon: ({ ring }) => ring.map(([lon, lat]): [number, number] => [lon, lat]),
      getFillColor: ({ count }) => [...withAlpha(colours.unit, fillAlpha(count))],
      getLineColor: [...withAlpha(colours.unit, 120)],
      getLineWidth: markScale,
      lineWidthUnits: 'pixels',
      lineJointRounded: true,
      pickable: true,
    }),
    new PathLayer<Hexagon, PathStyleExtensionProps<Hexagon>>({
      id: 'hexagons-old',
      data: partlyOld,
      getPath: (hexagon) => oldBorder(hexagon).map(([lon, lat]): [number, number] => [lon, lat]),
      getColor: [...colours.old],
      getWidth: 3.2 * markScale,
      widthUnits: 'pixels',
      extensions: [new PathStyleExtension({ dash: true })],
      getDashArray: [2.4, 1.6],
      dashJustified: true,
    }),
    // At a corner, where no figure stands; the alerts themselves lie above all this.
    new IconLayer<Hexagon>({
      id: 'hexagons-priority',
      data: hexagons.filter(({ priority }) => priority !== undefined),
      iconAtlas: icons.image,
      iconMapping: icons.mapping,
      getPosition: ({ ring }) => [...topOf(ring)],
      getIcon: ({ priority }) => priority ?? 'P4',
      getSize: 30 * markScale,
    }),
  ];
}
