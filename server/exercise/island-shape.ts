import { contourRings } from './island-contour.ts';
import type { HeightField } from './island-contour.ts';
import { makeFractalNoise } from './island-noise.ts';
import { between, distanceKm, isInRing, ringArea } from './island-plane.ts';
import type { Km } from './island-plane.ts';

/** The natural island on the plane: rings end on their first point. */
export interface IslandShape {
  readonly coast: readonly Km[];
  readonly islets: readonly (readonly Km[])[];
  readonly lake: readonly Km[];
  readonly rivers: readonly River[];
}

export interface River {
  readonly name: string;
  /** 1 for the great river, 2 for the others; decides how early and how broad it is drawn. */
  readonly rank: number;
  readonly line: readonly Km[];
}

const stepKm = 0.8;

/** Coast, islets, the Rift lake and three rivers of one seed. */
export function makeIslandShape(seed: number): IslandShape {
  const box = { west: -215, south: -165, east: 215, north: 165 };
  const [coast = [], ...others] = contourRings(makeLandHeight(seed), box, stepKm);
  const islets = others.filter((ring) => Math.abs(ringArea(ring)) > 4 && !isInRing(ring[0] ?? [0, 0], coast));
  const lakeBox = { west: 0, south: -70, east: 130, north: 80 };
  const lake = contourRings(makeLakeDepth(seed), lakeBox, stepKm)[0] ?? [];
  return { coast, islets, lake, rivers: makeRivers(seed, coast, lake) };
}

/**
 * A broad oval that falls off towards the sea, with fractal unevenness: bays, capes and
 * islets come of themselves. Far from the shore the unevenness cannot matter and is not computed.
 */
function makeLandHeight(seed: number): HeightField {
  const rough = makeFractalNoise(seed, 7, 0.52);
  const bend = makeFractalNoise(seed + 7, 2, 0.5);
  return (x, y) => {
    const bentX = x + 30 * bend(x / 120, y / 120);
    const bentY = y + 24 * bend(x / 120 + 40, y / 120);
    const fall = 1 - Math.hypot(bentX / 148, bentY / 108) ** 2.4;
    return Math.abs(fall) > 0.8 ? fall : fall + 0.4 * rough(x / 70, y / 70);
  };
}

/** The lake lies in a trough that leans to the north-east, as the lakes of the Rift do. */
function makeLakeDepth(seed: number): HeightField {
  const rough = makeFractalNoise(seed + 31, 5, 0.5);
  const lean = (68 * Math.PI) / 180;
  return (x, y) => {
    const east = x - 64;
    const north = y - 8;
    const along = (east * Math.cos(lean) + north * Math.sin(lean)) / 52;
    const across = (-east * Math.sin(lean) + north * Math.cos(lean)) / 16;
    return 1 - Math.hypot(along, across + 0.35 * Math.sin(along * 2.2)) + 0.42 * rough(x / 26, y / 26);
  };
}

/** Where each river comes from and where it is bound: x, y, x, y … in km. The first two touch the lake. */
const courses: readonly { readonly name: string; readonly rank: number; readonly via: readonly number[] }[] =
  [
    { name: 'Odamé', rank: 1, via: [84, 42, 72, 70, 88, 100, 92, 165] },
    { name: 'Pavé', rank: 2, via: [10, -62, 30, -48, 44, -34, 60, -16, 64, -2] },
    { name: 'Suvra', rank: 1, via: [22, 34, -18, -8, -44, -46, -58, -90, -70, -165] },
    { name: 'Lenko', rank: 2, via: [4, 58, -36, 50, -84, 16, -130, 4, -215, 10] },
  ];

function makeRivers(seed: number, coast: readonly Km[], lake: readonly Km[]): River[] {
  const isLand = (point: Km): boolean => isInRing(point, coast) && !isInRing(point, lake);
  return courses.map(({ name, rank, via }, index) => {
    const points = via.flatMap((x, at): Km[] => (at % 2 === 0 ? [[x, via[at + 1] ?? 0]] : []));
    const whole = meander(points, makeFractalNoise(seed + 101 + index, 3, 0.45));
    return { name, rank, line: keepOnLand(whole, isLand) };
  });
}

/** A line through the points given, a vertex each kilometre, pushed aside by noise as slow water is. */
function meander(via: readonly Km[], aside: HeightField): Km[] {
  const line: Km[] = [];
  via.slice(1).forEach((to, index) => {
    const from = via[index] ?? to;
    const count = Math.max(1, Math.round(distanceKm(from, to)));
    for (let step = 0; step < count; step += 1) line.push(between(from, to, step / count));
  });
  const pushed = line.map(([x, y]): Km => [
    x + 11 * aside(x / 34, y / 34),
    y + 11 * aside(x / 34 + 50, y / 34),
  ]);
  return calm(calm(calm(pushed)));
}

/** Each vertex drawn towards its neighbours: water makes no hairpins. */
function calm(line: readonly Km[]): Km[] {
  return line.map((point, index) => {
    const [before, after] = [line[index - 1] ?? point, line[index + 1] ?? point];
    return between(point, between(before, after, 0.5), 0.6);
  });
}

/** The longest run of a line over land, with one vertex in the water at an end where it meets water. */
function keepOnLand(line: readonly Km[], isLand: (point: Km) => boolean): Km[] {
  let best: Km[] = [];
  let run: Km[] = [];
  let lastWet: Km | undefined;
  for (const point of line) {
    if (isLand(point)) {
      if (run.length === 0 && lastWet !== undefined) run.push(lastWet);
      run.push(point);
      if (run.length > best.length) best = run;
      continue;
    }
    if (run.length > 0) run.push(point);
    run = [];
    lastWet = point;
  }
  return best;
}
