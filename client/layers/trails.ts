import type { Layer } from '@deck.gl/core';
import { LineLayer, PathLayer, ScatterplotLayer } from '@deck.gl/layers';
import type { Track } from '../store/tracks.svelte.ts';
import type { Trails } from '../store/trails.ts';
import type { Units } from '../store/units.ts';
import type { Scene } from './scene.ts';
import { paletteOf, withAlpha, type Rgba } from './style.ts';

/** More pieces of way than this are not drawn, 2 MB on the card: the units of the first rows have theirs. */
const mostPieces = 60_000;
/** A way is faint at its end, and strongest where the unit is. */
const [faintest, strongest] = [18, 190];
/** Two fixes further apart in time than this share of the trail are no way: nobody knows what was between. */
const widestGapMs = 30 * 60_000;

/** Pieces of way as columns: from, to, and a colour that fades with age. */
export interface TrailPieces {
  readonly length: number;
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly colours: Uint8Array;
}
export const noTrails: TrailPieces = {
  length: 0,
  from: new Float64Array(0),
  to: new Float64Array(0),
  colours: new Uint8Array(0),
};

export interface TrailWish {
  readonly units: Units;
  readonly trails: Trails;
  /** What was before the page was opened, by id of the unit. */
  readonly past: ReadonlyMap<string, Track>;
  readonly minutes: number;
  readonly nowMs: number;
  readonly colour: Rgba;
}

/** The ways of all units in the last minutes, from the fixes that were seen and those the server kept. */
export function trailPieces({ units, trails, past, minutes, nowMs, colour }: TrailWish): TrailPieces {
  if (minutes <= 0) return noTrails;
  const fromMs = nowMs - minutes * 60_000;
  const pieces = new Pieces(colour, nowMs, fromMs);
  for (let row = 0; row < units.rows && !pieces.isFull; row += 1) {
    if (!units.hasFix(row)) continue;
    pieces.begin(units.lonLat[2 * row] ?? 0, units.lonLat[2 * row + 1] ?? 0, units.timeMs[row] ?? 0);
    trails.walk(row, fromMs, (lon, lat, timeMs) => pieces.back(lon, lat, timeMs));
    const track = past.get(units.idAt(row) ?? '');
    for (let at = (track?.timesMs.length ?? 0) - 1; at >= 0; at -= 1) {
      const timeMs = track?.timesMs[at] ?? 0;
      if (timeMs < fromMs) break;
      pieces.back(track?.lonLat[2 * at] ?? 0, track?.lonLat[2 * at + 1] ?? 0, timeMs);
    }
  }
  return pieces.done();
}

/** Pieces written one after another, each way from its newest end backwards. */
class Pieces {
  readonly #colour: Rgba;
  readonly #nowMs: number;
  readonly #spanMs: number;
  #from = new Float64Array(2_048);
  #to = new Float64Array(2_048);
  #colours = new Uint8Array(4_096);
  #count = 0;
  #lon = 0;
  #lat = 0;
  #timeMs = 0;

  constructor(colour: Rgba, nowMs: number, fromMs: number) {
    this.#colour = colour;
    this.#nowMs = nowMs;
    this.#spanMs = nowMs - fromMs;
  }

  get isFull(): boolean {
    return this.#count >= mostPieces;
  }

  begin(lon: number, lat: number, timeMs: number): void {
    [this.#lon, this.#lat, this.#timeMs] = [lon, lat, timeMs];
  }

  /** Goes on to an older fix; one that is not older is passed over. */
  back(lon: number, lat: number, timeMs: number): void {
    if (timeMs >= this.#timeMs || this.isFull) return;
    // A way over the antimeridian would run round the world.
    if (this.#timeMs - timeMs <= widestGapMs && Math.abs(lon - this.#lon) < 180) this.#add(lon, lat, timeMs);
    this.begin(lon, lat, timeMs);
  }

  done(): TrailPieces {
    const length = this.#count;
    return {
      length,
      from: this.#from.subarray(0, 2 * length),
      to: this.#to.subarray(0, 2 * length),
      colours: this.#colours.subarray(0, 4 * length),
    };
  }

  #add(lon: number, lat: number, timeMs: number): void {
    if (2 * this.#count === this.#from.length) this.#grow();
    const at = this.#count;
    this.#from.set([lon, lat], 2 * at);
    this.#to.set([this.#lon, this.#lat], 2 * at);
    const left = Math.min(1, Math.max(0, 1 - (this.#nowMs - timeMs) / this.#spanMs));
    const [red, green, blue] = this.#colour;
    this.#colours.set([red, green, blue, faintest + (strongest - faintest) * left], 4 * at);
    this.#count += 1;
  }

  #grow(): void {
    const [from, to, colours] = [this.#from, this.#to, this.#colours];
    this.#from = new Float64Array(2 * from.length);
    this.#to = new Float64Array(2 * to.length);
    this.#colours = new Uint8Array(2 * colours.length);
    this.#from.set(from);
    this.#to.set(to);
    this.#colours.set(colours);
  }
}

/** Steps between breadcrumbs, minutes: the smallest that makes no more than a dozen or two of them. */
const crumbSteps = [1, 2, 5, 10, 15, 30, 60, 120, 240] as const;
const mostCrumbs = 16;

export interface Crumb {
  readonly lon: number;
  readonly lat: number;
  readonly timeMs: number;
}

/** Fixes of a track at even times, with the first and the last. */
export function crumbsOf({ lonLat, timesMs }: Track): Crumb[] {
  const count = timesMs.length;
  const [first, last] = [timesMs[0] ?? 0, timesMs[count - 1] ?? 0];
  const minutes = crumbSteps.find((step) => (last - first) / (step * 60_000) <= mostCrumbs) ?? 480;
  const stepMs = minutes * 60_000;
  const crumbs: Crumb[] = [];
  let before = -Infinity;
  for (let at = 0; at < count; at += 1) {
    const timeMs = timesMs[at] ?? 0;
    const mark = Math.floor(timeMs / stepMs);
    if (mark === before && at !== count - 1) continue;
    before = mark;
    crumbs.push({ lon: lonLat[2 * at] ?? 0, lat: lonLat[2 * at + 1] ?? 0, timeMs });
  }
  return crumbs;
}

/** Ways behind units, under everything that stands. */
export function trailLayers({ trails, markScale }: Scene): Layer[] {
  if (trails.length === 0) return [];
  const { length, from, to, colours } = trails;
  return [
    new LineLayer({
      id: 'trails',
      data: {
        length,
        attributes: {
          getSourcePosition: { value: from, size: 2 },
          getTargetPosition: { value: to, size: 2 },
          getColor: { value: colours, size: 4 },
        },
      },
      positionFormat: 'XY',
      getWidth: 2.6 * markScale,
      widthUnits: 'pixels',
    }),
  ];
}

/** The full track of one unit, with breadcrumbs; their times are labels like any others. */
export function trackLayers({ track, markScale, theme }: Scene): Layer[] {
  if (!track || track.timesMs.length === 0) return [];
  const { unit, halo } = paletteOf(theme);
  const path = Array.from(track.timesMs, (_, at): [number, number] => [
    track.lonLat[2 * at] ?? 0,
    track.lonLat[2 * at + 1] ?? 0,
  ]);
  const line = (id: string, width: number, colour: Rgba) =>
    new PathLayer<[number, number][]>({
      id,
      data: [path],
      getPath: (points) => points,
      getColor: [...colour],
      getWidth: width * markScale,
      widthUnits: 'pixels',
      jointRounded: true,
      capRounded: true,
      wrapLongitude: true,
    });
  return [
    line('track-halo', 6, withAlpha(halo, 170)),
    line('track', 2.6, withAlpha(unit, 235)),
    new ScatterplotLayer<Crumb>({
      id: 'track-crumbs',
      data: crumbsOf(track),
      getPosition: ({ lon, lat }) => [lon, lat],
      getRadius: 4 * markScale,
      radiusUnits: 'pixels',
      getFillColor: [...halo],
      stroked: true,
      getLineColor: [...unit],
      getLineWidth: 2 * markScale,
      lineWidthUnits: 'pixels',
    }),
  ];
}
