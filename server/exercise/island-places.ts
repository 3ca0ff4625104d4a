import type { Place } from '../../shared/model/place.ts';
import type { Cell } from './island-cells.ts';
import { makeNames } from './island-names.ts';
import { makeFractalNoise } from './island-noise.ts';
import { distanceKm, toLonLat } from './island-plane.ts';
import type { Km } from './island-plane.ts';
import type { SeededRandom } from './seeded-random.ts';

/** A place and the cell it stands in; each cell holds one place at most. */
export interface PlacedCell {
  readonly cell: Cell;
  readonly place: Place;
  readonly isTown: boolean;
  /** False for landing zones and remote villages that no road reaches. */
  readonly isOnRoad: boolean;
}

const villageCount = 220;
const villageGapKm = 4.4;

/**
 * Where the six towns are wanted, km from the origin, and how many live there; the nearest free cell is
 * taken.
 */
const townPlans: readonly { at: Km; population: number }[] = [
  { at: [-8, 12], population: 148_000 },
  { at: [-104, 44], population: 61_000 },
  { at: [-84, -44], population: 38_000 },
  { at: [30, 80], population: 44_000 },
  { at: [62, -72], population: 52_000 },
  { at: [104, 20], population: 27_000 },
];

type Taken = Map<number, PlacedCell>;

/** All places of the island, towns first. */
export function makePlaces(seed: number, random: SeededRandom, cells: readonly Cell[]): PlacedCell[] {
  const taken: Taken = new Map();
  const names = makeNames(random, villageCount + townPlans.length);
  const villageNames = [...names.slice(0, 3), ...names.slice(3 + townPlans.length)];
  addTowns(taken, cells, names.slice(3, 3 + townPlans.length));
  const towns = [...taken.values()];
  addStations(taken, random, cells, towns);
  addVillages(taken, seed, random, cells, villageNames);
  addLandingZones(taken, random, cells);
  return [...taken.values()];
}

interface PlaceFacts extends Pick<Place, 'id' | 'kind' | 'name' | 'population'> {
  readonly languages?: string[];
  readonly isTown?: boolean;
  readonly isOnRoad?: boolean;
}

function take(
  taken: Taken,
  cell: Cell | undefined,
  { isTown = false, isOnRoad = true, ...facts }: PlaceFacts,
): void {
  if (cell === undefined) return;
  const [lon, lat] = toLonLat(cell.point);
  taken.set(cell.index, { cell, place: { ...facts, lon, lat }, isTown, isOnRoad });
}

function addTowns(taken: Taken, cells: readonly Cell[], names: readonly string[]): void {
  townPlans.forEach(({ at, population }, index) => {
    const name = names[index] ?? '';
    const facts = { kind: 'village' as const, languages: ['fr', 'sw', 'ar'], isTown: true };
    take(taken, nearestFree(taken, cells, at, 0), { id: `town-${index + 1}`, name, population, ...facts });
  });
}

/** Bases, hospitals and sites stand at the edge of a town, where missions put them. */
function addStations(
  taken: Taken,
  random: SeededRandom,
  cells: readonly Cell[],
  towns: readonly PlacedCell[],
): void {
  const near = (townIndex: number, gapKm: number): { cell: Cell | undefined; town: string } => {
    const town = towns[townIndex];
    const angle = random.between(0, 2 * Math.PI);
    const [x, y] = town?.cell.point ?? [0, 0];
    const at: Km = [x + gapKm * Math.cos(angle), y + gapKm * Math.sin(angle)];
    return { cell: nearestFree(taken, cells, at, 2), town: town?.place.name ?? '' };
  };
  for (let index = 0; index < 5; index += 1) {
    const { cell, town } = near(index, 3.5);
    take(taken, cell, { id: `base-${index + 1}`, kind: 'base', name: `${town} Base` });
  }
  [0, 1, 4].forEach((townIndex, index) => {
    const { cell, town } = near(townIndex, 2.4);
    take(taken, cell, { id: `hospital-${index + 1}`, kind: 'hospital', name: `${town} Hospital` });
  });
  [0, 3].forEach((townIndex, index) => {
    const { cell } = near(townIndex, 7);
    const population = index === 0 ? 18_400 : 7_300;
    const name = index === 0 ? 'Site Alpha' : 'Site Bravo';
    take(taken, cell, { id: `site-${index + 1}`, kind: 'site', name, population, languages: ['sw', 'fr'] });
  });
}

/** Villages gather near towns and the lake and in patches of good soil, and thin out elsewhere. */
function addVillages(
  taken: Taken,
  seed: number,
  random: SeededRandom,
  cells: readonly Cell[],
  names: readonly string[],
): void {
  const soil = makeFractalNoise(seed + 401, 3, 0.5);
  const towns = [...taken.values()].filter(({ isTown }) => isTown);
  const villages: Km[] = [];
  const draws = [...random.shuffled(cells), ...random.shuffled(cells)];
  for (const cell of draws) {
    if (villages.length >= villageCount) return;
    const toTown = Math.min(...towns.map((town) => distanceKm(town.cell.point, cell.point)));
    const [x, y] = cell.point;
    const draw =
      0.12 + 0.5 * Math.exp(-toTown / 22) + 0.2 * Math.exp(-cell.toWaterKm / 8) + 0.35 * soil(x / 45, y / 45);
    if (random.next() > draw || toTown < 3 || taken.has(cell.index)) continue;
    if (villages.some((village) => distanceKm(village, cell.point) < villageGapKm)) continue;
    const number = villages.push(cell.point);
    take(taken, cell, {
      id: `village-${String(number).padStart(3, '0')}`,
      kind: 'village',
      name: names[number - 1] ?? '',
      population: villagePopulation(random),
      languages: villageLanguages(random, x),
      isOnRoad: number <= 3 || random.next() > 0.08,
    });
  }
}

/** Most villages hold some hundreds, a few hold thousands; rounded, as nobody counts them exactly. */
function villagePopulation(random: SeededRandom): number {
  const bell = random.next() + random.next() + random.next() - 1.5;
  return Math.round((900 * Math.exp(1.5 * bell)) / 10) * 10;
}

function villageLanguages(random: SeededRandom, x: number): string[] {
  const local = random.next() < 0.5 + x / 320 ? 'sw' : 'ar';
  return random.next() < 0.35 ? [local, 'fr'] : [local];
}

function addLandingZones(taken: Taken, random: SeededRandom, cells: readonly Cell[]): void {
  const birds = ['Heron', 'Ibis', 'Plover', 'Egret', 'Hornbill', 'Kestrel', 'Bustard', 'Weaver'];
  const villages = random.shuffled([...taken.values()].filter(({ place }) => place.kind === 'village'));
  birds.forEach((bird, index) => {
    const around = villages[index * 5]?.cell.point ?? [0, 0];
    const cell = nearestFree(taken, cells, around, 2);
    take(taken, cell, { id: `lz-${index + 1}`, kind: 'landing-zone', name: `LZ ${bird}`, isOnRoad: false });
  });
}

/** The free cell nearest to a point that keeps `gapKm` from every place there is. */
function nearestFree(taken: Taken, cells: readonly Cell[], at: Km, gapKm: number): Cell | undefined {
  const others = [...taken.values()].map(({ cell }) => cell.point);
  let best: Cell | undefined;
  let bestKm = Infinity;
  for (const cell of cells) {
    const distance = distanceKm(cell.point, at);
    if (distance >= bestKm || others.some((other) => distanceKm(other, cell.point) < gapKm)) continue;
    if (taken.has(cell.index)) continue;
    best = cell;
    bestKm = distance;
  }
  return best;
}
