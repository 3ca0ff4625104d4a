import type { Layer } from '@deck.gl/core';
import { PathStyleExtension, type PathStyleExtensionProps } from '@deck.gl/extensions';
import { PathLayer, PolygonLayer } from '@deck.gl/layers';
import { unitStates } from '../../shared/model/unit-lists.ts';
import type { Units } from '../store/units.ts';
import type { Scene } from './scene.ts';
import { paletteOf, withAlpha } from './style.ts';
import { circleRing } from './threats.ts';

/** One that stood when it was last heard of may have gone on foot. */
const onFootMps = 1.4;
/** A wider area says nothing any more: it is drawn this wide, and told as "beyond". */
export const mostReachM = 60_000;
/** More areas than these would cover the map. */
const mostReaches = 40;
const lost = unitStates.indexOf('lost');

/** The area in which a lost unit can be. */
export interface Reach {
  readonly lon: number;
  readonly lat: number;
  readonly radiusM: number;
  /** Whether it can be further away than is drawn. */
  readonly isBeyond: boolean;
}

/** How far a unit can have come: its last speed, and walking pace at least, for as long as it has not been heard. */
export function reachM(speedMps: number, ageS: number): { radiusM: number; isBeyond: boolean } {
  const speed = Number.isNaN(speedMps) ? onFootMps : Math.max(onFootMps, speedMps);
  const radiusM = speed * Math.max(0, ageS);
  return { radiusM: Math.min(mostReachM, radiusM), isBeyond: radiusM > mostReachM };
}

/** The area of a row; undefined for a unit that is not lost, has never reported, or is a base. */
export function reachOf(units: Units, row: number, nowMs: number): Reach | undefined {
  if (units.state[row] !== lost || !units.hasFix(row) || units.aboutAt(row)?.kind === 'base')
    return undefined;
  const reach = reachM(units.speed[row] ?? NaN, units.ageAt(row, nowMs) ?? 0);
  return { lon: units.lonLat[2 * row] ?? 0, lat: units.lonLat[2 * row + 1] ?? 0, ...reach };
}

/** Areas that grow are drawn anew so often. */
const growsEveryMs = 10_000;

export function reachNeeds({ inView, nowMs, markScale }: Scene): readonly unknown[] {
  return [inView.oldRows.join(), Math.floor(nowMs / growsEveryMs), markScale];
}

/** Broken circles round lost units: faint, since most of the area is where the unit is not. */
export function reachLayers({ units, inView, nowMs, markScale, theme }: Scene): Layer[] {
  const reaches = inView.oldRows
    .flatMap((row) => reachOf(units, row, nowMs) ?? [])
    .slice(0, mostReaches)
    .map((reach) => ({ ...reach, ring: circleRing(reach.lon, reach.lat, reach.radiusM) }));
  type Drawn = (typeof reaches)[number];
  const ringOf = ({ ring }: Drawn) => ring.map(([lon, lat]): [number, number] => [lon, lat]);
  const { unit } = paletteOf(theme);
  return [
    new PolygonLayer<Drawn>({
      id: 'reach',
      data: reaches,
      getPolygon: ringOf,
      getFillColor: [...withAlpha(unit, 12)],
      stroked: false,
    }),
    new PathLayer<Drawn, PathStyleExtensionProps<Drawn>>({
      id: 'reach-edge',
      data: reaches,
      getPath: ringOf,
      getColor: [...withAlpha(unit, 120)],
      getWidth: 1.4 * markScale,
      widthUnits: 'pixels',
      extensions: [new PathStyleExtension({ dash: true, highPrecisionDash: true })],
      getDashArray: [5, 5],
    }),
  ];
}
