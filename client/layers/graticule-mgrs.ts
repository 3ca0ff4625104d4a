import type { BboxOf } from '../../shared/geo/area.ts';
import { mgrsText } from '../../shared/geo/coordinates.ts';
import { fromUtm, toUtm } from '../../shared/geo/utm.ts';
import {
  stepsWithin,
  type Graticule,
  type GridLabel,
  type GridLine,
  type LonLat,
} from './graticule-lines.ts';

const bandLetters = 'CDEFGHJKLMNPQRSTUVWX';
/** The grid ends here; beyond lie the polar caps, which this product does not name. */
const [gridSouth, gridNorth] = [-80, 84];
/** Points along a line of the grid, which is no straight line on the map. */
const pointsALine = 24;
/** Never more lines than these in one zone of a view: a grid is to be read. */
const mostLines = 60;

/** One cell of zones and bands, as far as it lies in a view: degrees. */
interface ZoneCell {
  readonly zone: number;
  readonly band: string;
  readonly box: BboxOf;
}

/**
 * The military grid of a view: its zones, from near enough their squares of 100, 10 and 1 km as well. Every zone has
 * a grid of its own, which ends where the zone ends: that is why the lines of two neighbours do not meet.
 */
export function mgrsGrid(view: BboxOf, zoom: number): Graticule {
  const cells = zoneCells(view);
  const lines: GridLine[] = cells.flatMap(({ box }) => edgesOf(box, view));
  const labels: GridLabel[] = [];
  const stepM = stepAt(zoom);
  if (stepM === undefined) {
    for (const { zone, band, box } of cells)
      labels.push({ ...middle(box), text: `${zone}${band}`, side: 'middle' });
    return { lines, labels };
  }
  for (const cell of cells) {
    lines.push(...linesOf(cell, stepM));
    labels.push(...squareNames(cell));
    if (stepM < 100_000) labels.push(...figuresOf(cell, view, stepM));
  }
  return { lines, labels };
}

/** Metres from line to line; undefined where only zones are shown. */
export function stepAt(zoom: number): 100_000 | 10_000 | 1_000 | undefined {
  if (zoom < 6.3) return undefined;
  if (zoom < 9) return 100_000;
  return zoom < 12.2 ? 10_000 : 1_000;
}

/** The cells of a view; Norway's and Svalbard's are of other widths than all others. */
export function zoneCells([west, south, east, north]: BboxOf): ZoneCell[] {
  const cells: ZoneCell[] = [];
  for (let index = 0; index < bandLetters.length; index++) {
    const band = bandLetters.charAt(index);
    const bottom = Math.max(south, gridSouth + 8 * index);
    const top = Math.min(north, band === 'X' ? gridNorth : gridSouth + 8 * index + 8);
    if (bottom >= top) continue;
    for (let turn = Math.floor((west + 180) / 6); turn * 6 - 180 < east; turn++) {
      const zone = (((turn % 60) + 60) % 60) + 1;
      const [left, right] = widthOf(zone, band, turn * 6 - 180);
      const [from, to] = [Math.max(west, left), Math.min(east, right)];
      if (from < to) cells.push({ zone, band, box: [from, bottom, to, top] });
    }
  }
  return cells;
}

function widthOf(zone: number, band: string, left: number): readonly [number, number] {
  const special: Readonly<Record<string, readonly [number, number]>> = {
    '31V': [0, 3],
    '32V': [-3, 6],
    '31X': [0, 9],
    '32X': [0, 0],
    '33X': [-3, 9],
    '34X': [0, 0],
    '35X': [-3, 9],
    '36X': [0, 0],
    '37X': [-3, 6],
  };
  const [from, to] = special[`${zone}${band}`] ?? [0, 6];
  return [left + from, left + to];
}

/** West and south of a cell; the other sides are its neighbours'. An edge of the view is no edge of a cell. */
function edgesOf([west, south, east, north]: BboxOf, view: BboxOf): GridLine[] {
  const edges: GridLine[] = [];
  if (west > view[0]) edges.push({ path: [[west, south], [west, north]], isMajor: true }); // prettier-ignore
  if (south > view[1] || south === gridSouth) edges.push({ path: [[west, south], [east, south]], isMajor: true }); // prettier-ignore
  if (north === gridNorth) edges.push({ path: [[west, north], [east, north]], isMajor: true }); // prettier-ignore
  return edges;
}

/** Eastings and northings between which a cell lies in its own zone, metres; northings without the south's offset. */
function extentOf({ zone, box: [west, south, east, north] }: ZoneCell): BboxOf {
  const lons = [west, (west + east) / 2, east];
  const lats = [south, (south + north) / 2, north];
  const all = lons.flatMap((lon) => lats.map((lat) => toUtm(lon, lat, zone)));
  const eastings = all.map(({ eastingM }) => eastingM);
  const northings = all.map(({ northingM, isNorth }) => (isNorth ? northingM : northingM - 10_000_000));
  return [Math.min(...eastings), Math.min(...northings), Math.max(...eastings), Math.max(...northings)];
}

function pointAt(zone: number, eastingM: number, northingM: number): LonLat {
  const isNorth = northingM >= 0;
  const { lon, lat } = fromUtm({
    zone,
    isNorth,
    eastingM,
    northingM: isNorth ? northingM : northingM + 10_000_000,
  });
  return [lon, lat];
}

function linesOf(cell: ZoneCell, stepM: number): GridLine[] {
  const [least, lowest, most, highest] = extentOf(cell);
  const eastings = stepsWithin(least, most, stepM);
  const northings = stepsWithin(lowest, highest, stepM);
  if (eastings.length + northings.length > mostLines && stepM < 100_000) return linesOf(cell, stepM * 10);
  const along = (from: number, to: number) =>
    Array.from({ length: pointsALine + 1 }, (_, index) => from + ((to - from) * index) / pointsALine);
  const line = (points: readonly LonLat[], atM: number): GridLine[] =>
    within(nearTo(points, cell), cell.box).map((path) => ({
      path,
      isMajor: atM % 100_000 === 0 && stepM < 100_000,
    }));
  return [
    ...eastings.flatMap((at) =>
      line(
        along(lowest, highest).map((up) => pointAt(cell.zone, at, up)),
        at,
      ),
    ),
    ...northings.flatMap((at) =>
      line(
        along(least, most).map((out) => pointAt(cell.zone, out, at)),
        at,
      ),
    ),
  ];
}

/** On the copy of the world that the view shows. */
function nearTo(points: readonly LonLat[], { box: [west, , east] }: ZoneCell): LonLat[] {
  const middleLon = (west + east) / 2;
  return points.map(([lon, lat]) => [lon + 360 * Math.round((middleLon - lon) / 360), lat]);
}

/** The parts of a path that lie in a box, cut at its edges. */
export function within(path: readonly LonLat[], box: BboxOf): LonLat[][] {
  const parts: LonLat[][] = [];
  let open: LonLat[] | undefined;
  path.forEach((point, index) => {
    const before = path[index - 1];
    if (before) {
      const piece = cut(before, point, box);
      if (piece) {
        if (!open) parts.push((open = [piece[0]]));
        open.push(piece[1]);
        if (piece[1] !== point) open = undefined;
      } else open = undefined;
    }
  });
  return parts;
}

/** The part of a straight piece in a box (Liang and Barsky, A new concept and method for line clipping, 1984). */
function cut(a: LonLat, b: LonLat, [west, south, east, north]: BboxOf): [LonLat, LonLat] | undefined {
  let [from, to] = [0, 1];
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const sides = [[-dx, a[0] - west], [dx, east - a[0]], [-dy, a[1] - south], [dy, north - a[1]]] as const; // prettier-ignore
  for (const [speed, room] of sides) {
    if (speed === 0 && room < 0) return undefined;
    if (speed < 0) from = Math.max(from, room / speed);
    if (speed > 0) to = Math.min(to, room / speed);
  }
  if (from >= to) return undefined;
  const at = (part: number): LonLat => [a[0] + part * dx, a[1] + part * dy];
  return [from === 0 ? a : at(from), to === 1 ? b : at(to)];
}

function middle([west, south, east, north]: BboxOf): { lon: number; lat: number } {
  return { lon: (west + east) / 2, lat: (south + north) / 2 };
}

/** `35N QB` in the middle of what is seen of every square of 100 km. */
function squareNames(cell: ZoneCell): GridLabel[] {
  const [least, lowest, most, highest] = extentOf(cell);
  const side = 100_000;
  const edges = (from: number, to: number) => {
    const inner = stepsWithin(from, to, side).filter((at) => at > from && at < to);
    return [from, ...inner, to];
  };
  const [across, up] = [edges(least, most), edges(lowest, highest)];
  return across.slice(0, -1).flatMap((left, column) =>
    up.slice(0, -1).flatMap((bottom, row): GridLabel[] => {
      const [right = left, top = bottom] = [across[column + 1], up[row + 1]];
      if (right - left < side / 8 && across.length > 2) return [];
      const [point] = nearTo([pointAt(cell.zone, (left + right) / 2, (bottom + top) / 2)], cell);
      if (!point || !holds(cell.box, point)) return [];
      const text = mgrsText(wrapped(point[0]), point[1], 0);
      return text === undefined ? [] : [{ lon: point[0], lat: point[1], text, side: 'middle' }];
    }),
  );
}

const wrapped = (lon: number): number => ((((lon + 180) % 360) + 360) % 360) - 180;

function holds([west, south, east, north]: BboxOf, [lon, lat]: LonLat): boolean {
  return lon >= west && lon <= east && lat >= south && lat <= north;
}

/** Tens of kilometres, or kilometres, at the western and southern edge of the view, as they are said in a grid reference. */
function figuresOf(cell: ZoneCell, view: BboxOf, stepM: number): GridLabel[] {
  const [least, lowest, most, highest] = extentOf(cell);
  const eastings = stepsWithin(least, most, stepM);
  const northings = stepsWithin(lowest, highest, stepM);
  if (eastings.length + northings.length > mostLines) return [];
  const figures = (atM: number) => {
    const inSquare = ((atM % 100_000) + 100_000) % 100_000;
    return stepM === 10_000 ? String(inSquare / 10_000) : String(inSquare / 1_000).padStart(2, '0');
  };
  const [west, south] = cell.box;
  const labels: GridLabel[] = [];
  for (const at of eastings) {
    const [point] = nearTo([pointAt(cell.zone, at, lowest)], cell);
    if (south === view[1] && point && point[0] > cell.box[0] && point[0] < cell.box[2])
      labels.push({ lon: point[0], lat: south, text: figures(at), side: 'bottom' });
  }
  for (const at of northings) {
    const [point] = nearTo([pointAt(cell.zone, least, at)], cell);
    if (west === view[0] && point && point[1] > cell.box[1] && point[1] < cell.box[3])
      labels.push({ lon: west, lat: point[1], text: figures(at), side: 'left' });
  }
  return labels;
}
