import type { Layer } from '@deck.gl/core';
import type { BboxOf } from '../../shared/geo/area.ts';
import { bearingDeg, distanceM, pointAlong } from '../../shared/geo/distance.ts';
import { legsOf, type Leg } from '../store/map-tools.svelte.ts';
import type { MapPoint } from '../store/selection.svelte.ts';
import { degreeGrid } from './graticule-degrees.ts';
import { noGraticule, type Graticule, type LonLat } from './graticule-lines.ts';
import { mgrsGrid } from './graticule-mgrs.ts';
import { overlayLayers, type Overlay } from './overlay.ts';
import type { Scene } from './scene.ts';
import { paletteOf, withAlpha, type Rgba, type Theme } from './style.ts';

/** Words that a tool writes on the map; the page gives them in its language. */
export interface ToolWords {
  readonly distance: (metres: number) => string;
  readonly leg: (leg: Leg) => string;
}
export interface ToolColours {
  readonly ink: Rgba;
  readonly quiet: Rgba;
  readonly halo: Rgba;
}

/** Rings are drawn at these distances, the widest few that fit the view. */
const ringsM = [500, 1_000, 2_000, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000] as const;
const cornersOfRing = 96;
/** A way is cut into pieces of this length at most, so that it bends as the shortest way does. */
const pieceM = 50_000;

/** Radii of the rings that can be told apart at a scale: none smaller than 24 px, none wider than 900. */
export function radiiAt(metresPerPx: number): number[] {
  return ringsM.filter((radius) => radius >= 24 * metresPerPx && radius <= 900 * metresPerPx).slice(-5);
}

export function ringsOverlay(
  at: MapPoint,
  radiiM: readonly number[],
  words: ToolWords,
  colours: ToolColours,
): Overlay {
  const circle = (radius: number): LonLat[] => {
    const corners = Array.from({ length: cornersOfRing + 1 }, (_, index) =>
      pointAlong(at.lon, at.lat, (360 * index) / cornersOfRing, radius),
    );
    return corners.map(({ lon, lat }) => [besideOf(at.lon, lon), lat]);
  };
  return {
    lines: radiiM.map((radius) => ({
      path: circle(radius),
      widthPx: 1.4,
      colour: withAlpha(colours.ink, 170),
    })),
    points: [[at.lon, at.lat]],
    texts: radiiM.map((radius) => {
      const { lon, lat } = pointAlong(at.lon, at.lat, 0, radius);
      return {
        lon: besideOf(at.lon, lon),
        lat,
        text: words.distance(radius),
        colour: colours.ink,
        sizePx: 12,
        side: 'middle',
      };
    }),
    halo: colours.halo,
    pointColour: colours.ink,
  };
}

/** A measured way, with distance and bearing at the middle of each leg; the pointer is its end while it is measured. */
export function wayOverlay(way: readonly MapPoint[], words: ToolWords, colours: ToolColours): Overlay {
  const legs = legsOf(way);
  return {
    lines: legs.map((leg) => ({ path: shortestWay(leg), widthPx: 2.2, colour: colours.ink })),
    points: way.map(({ lon, lat }) => [lon, lat]),
    texts: legs.map((leg) => {
      const { lon, lat } = pointAlong(leg.from.lon, leg.from.lat, leg.bearing, leg.metres / 2);
      return {
        lon: besideOf(leg.from.lon, lon),
        lat,
        text: words.leg(leg),
        colour: colours.ink,
        sizePx: 12.5,
        side: 'middle',
      };
    }),
    halo: colours.halo,
    pointColour: colours.ink,
  };
}

function shortestWay({ from, to, metres }: Leg): LonLat[] {
  const pieces = Math.max(1, Math.ceil(metres / pieceM));
  const bearing = bearingDeg(from.lon, from.lat, to.lon, to.lat);
  const length = distanceM(from.lon, from.lat, to.lon, to.lat);
  const inner = Array.from({ length: pieces - 1 }, (_, index) =>
    pointAlong(from.lon, from.lat, bearing, (length * (index + 1)) / pieces),
  );
  let before = from.lon;
  return [from, ...inner, to].map(({ lon, lat }): LonLat => [(before = besideOf(before, lon)), lat]);
}

/** The same longitude on the copy of the world nearest to another. */
function besideOf(near: number, lon: number): number {
  return lon + 360 * Math.round((near - lon) / 360);
}

export function graticuleOverlay({ lines, labels }: Graticule, { quiet, halo }: ToolColours): Overlay {
  return {
    lines: lines.map(({ path, isMajor }) => ({
      path,
      widthPx: isMajor ? 1.3 : 0.8,
      colour: withAlpha(quiet, isMajor ? 120 : 70),
    })),
    points: [],
    texts: labels.map((label) => ({
      ...label,
      colour: withAlpha(quiet, 230),
      sizePx: label.side === 'middle' ? 12 : 11,
    })),
    halo,
    pointColour: quiet,
  };
}

/** What an operator has laid over the map, and the grid that the account wants. */
export interface ToolsInput {
  readonly way: readonly MapPoint[];
  readonly rings: MapPoint | undefined;
  readonly grid: 'none' | 'mgrs' | 'degrees';
  readonly words: ToolWords;
}
/** The same against a view: which rings can be told apart in it, which lines of the grid run through it. */
export interface Laid extends Omit<ToolsInput, 'grid'> {
  readonly radiiM: readonly number[];
  readonly graticule: Graticule;
}

export interface ToolsView {
  readonly bounds: BboxOf;
  readonly zoom: number;
  readonly metresPerPx: number;
}

/** Keeps what it answered as long as nothing that counts has changed: layers tell news by identity. */
export class ToolsOverView {
  #key = '';
  #graticule: Graticule = noGraticule;
  #radiiM: readonly number[] = [];

  over({ grid, ...input }: ToolsInput, { bounds, zoom, metresPerPx }: ToolsView): Laid {
    const key = grid === 'none' ? '' : `${grid} ${bounds.join()}`;
    if (key !== this.#key) {
      this.#graticule =
        grid === 'mgrs' ? mgrsGrid(bounds, zoom) : grid === 'degrees' ? degreeGrid(bounds) : noGraticule;
      this.#key = key;
    }
    const radiiM = input.rings ? radiiAt(metresPerPx) : [];
    if (radiiM.join() !== this.#radiiM.join()) this.#radiiM = radiiM;
    return { ...input, graticule: this.#graticule, radiiM: this.#radiiM };
  }
}

function coloursOf(theme: Theme): ToolColours {
  const { selected, quiet, ground } = paletteOf(theme);
  return { ink: selected, quiet, halo: ground };
}

export function graticuleLayers(scene: Pick<Scene, 'laid' | 'theme' | 'markScale'>): Layer[] {
  if (scene.laid.graticule === noGraticule) return [];
  return overlayLayers('graticule', graticuleOverlay(scene.laid.graticule, coloursOf(scene.theme)), scene);
}

export function toolLayers(scene: Pick<Scene, 'laid' | 'theme' | 'markScale'>): Layer[] {
  const { way, rings, radiiM, words } = scene.laid;
  const colours = coloursOf(scene.theme);
  return [
    ...(rings ? overlayLayers('rings', ringsOverlay(rings, radiiM, words, colours), scene) : []),
    ...(way.length > 0 ? overlayLayers('way', wayOverlay(way, words, colours), scene) : []),
  ];
}
