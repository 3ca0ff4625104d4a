import type { Layer } from '@deck.gl/core';
import { FillStyleExtension, type FillStyleExtensionProps } from '@deck.gl/extensions';
import { PathLayer, PolygonLayer } from '@deck.gl/layers';
import { degreesOf } from '../../shared/geo/distance.ts';
import type { ThreatOut } from '../../shared/model/threat.ts';
import type { Scene } from './scene.ts';
import { hatches, hatchOfLevel, paletteOf, threatBorder, withAlpha } from './style.ts';

type Ring = ReadonlyArray<readonly [number, number]>;
interface ThreatArea {
  readonly threat: ThreatOut;
  readonly rings: readonly Ring[];
}
interface ThreatPath {
  readonly threat: ThreatOut;
  readonly path: Ring;
}

/** Radius a threat at a point gets on the map when nobody gave one: a point must not look exact to the metre. */
const pointRadiusM = 1_000;
const circleSteps = 72;

/** Whether a threat holds at a time: not ended, and within its time. */
export function holds(threat: ThreatOut, nowMs: number): boolean {
  if (threat.endedAt !== undefined) return false;
  return threat.validTo === undefined || Date.parse(threat.validTo) > nowMs;
}

/** Without an end, a threat has lost half of its strength after this. */
const halfLifeMs = 72 * 3_600_000;
const faintestShare = 0.45;

/** How strongly a threat is drawn, 1 when new: fading to its end, or by half-life where it has none. */
export function strengthOf({ raisedAt, validFrom, validTo }: ThreatOut, nowMs: number): number {
  const fromMs = Date.parse(validFrom ?? raisedAt);
  const ageMs = Math.max(0, nowMs - fromMs);
  const left =
    validTo === undefined
      ? 0.5 ** (ageMs / halfLifeMs)
      : 1 - ageMs / Math.max(1, Date.parse(validTo) - fromMs);
  return faintestShare + (1 - faintestShare) * Math.min(1, Math.max(0, left));
}

/** A circle on the ground as a ring of degrees. */
export function circleRing(lon: number, lat: number, radiusM: number): Ring {
  const { lon: dLon, lat: dLat } = degreesOf(radiusM, lat);
  return Array.from({ length: circleSteps + 1 }, (_, step) => {
    const turn = ((step % circleSteps) / circleSteps) * 2 * Math.PI;
    return [lon + dLon * Math.sin(turn), lat + dLat * Math.cos(turn)] as const;
  });
}

/** Threats as areas to hatch and paths to draw along; a line is hatched nowhere, its width is its radius. */
export function threatShapes(threats: readonly ThreatOut[]): { areas: ThreatArea[]; paths: ThreatPath[] } {
  const areas: ThreatArea[] = [];
  const paths: ThreatPath[] = [];
  for (const threat of threats) {
    const { geometry } = threat;
    if (geometry.type === 'Polygon') areas.push({ threat, rings: geometry.coordinates.map(flat) });
    else if (geometry.type === 'LineString') paths.push({ threat, path: flat(geometry.coordinates) });
    else {
      const [lon, lat] = geometry.coordinates;
      areas.push({ threat, rings: [circleRing(lon, lat, threat.radiusM || pointRadiusM)] });
    }
  }
  return { areas, paths };
}

function flat(points: ReadonlyArray<readonly [number, number, ...number[]]>): Ring {
  return points.map(([lon, lat]) => [lon, lat] as const);
}

/** Denser with likelihood; with the level where an audience knows no more. */
export function hatchOf({ likelihood, level }: ThreatOut): ReturnType<typeof hatchOfLevel> {
  return hatchOfLevel(likelihood === undefined ? level : likelihood * 5);
}

/**
 * Stands far off every map while there is nothing to hatch. A layer without data is taken down; made anew with the
 * first threat after each calm, it would leave a sampler and a vertex array behind each time (deck.gl gives back its
 * textures, luma.gl keeps their samplers): on a wall, for weeks.
 */
const nowhere: readonly ThreatArea[] = [
  {
    threat: {
      id: '',
      kind: '',
      level: 1,
      geometry: { type: 'Point', coordinates: [0, 89] },
      raisedAt: '1970-01-01T00:00:00Z',
      changedAt: '1970-01-01T00:00:00Z',
    },
    rings: [circleRing(0, 89, 1)],
  },
];

export function threatLayers({ threats, nowMs, markScale, theme }: Scene): Layer[] {
  const { areas, paths } = threatShapes(threats.filter((threat) => holds(threat, nowMs)));
  const colours = paletteOf(theme);
  const faded = (threat: ThreatOut, alpha: number) =>
    withAlpha(colours.threat, Math.round(alpha * strengthOf(threat, nowMs)));
  const impact = (threat: ThreatOut) => threat.impact ?? Math.ceil(threat.level / 5);
  return [
    new PolygonLayer<ThreatArea, FillStyleExtensionProps<ThreatArea>>({
      id: 'threat-areas',
      data: areas.length > 0 ? areas : nowhere,
      getPolygon: ({ rings }) => rings.map((ring) => ring.map(([lon, lat]) => [lon, lat])),
      getFillColor: ({ threat }) => [...faded(threat, 160)],
      getLineColor: ({ threat }) => [...faded(threat, 240)],
      getLineWidth: ({ threat }) => threatBorder(impact(threat)) * markScale,
      lineWidthUnits: 'pixels',
      lineJointRounded: true,
      pickable: true,
      extensions: [new FillStyleExtension({ pattern: true, proceduralPattern: true })],
      fillPatternMapping: hatches,
      fillPatternSizeUnits: 'pixels',
      getFillPattern: ({ threat }: ThreatArea) => hatchOf(threat),
      getFillPatternScale: markScale,
      getFillPatternBackgroundColor: [...withAlpha(colours.threat, 16)],
    }),
    new PathLayer<ThreatPath>({
      id: 'threat-corridors',
      data: paths,
      getPath: ({ path }) => path.map(([lon, lat]): [number, number] => [lon, lat]),
      getWidth: ({ threat }) => 2 * (threat.radiusM || pointRadiusM),
      widthUnits: 'meters',
      getColor: ({ threat }) => [...faded(threat, 45)],
      capRounded: true,
      jointRounded: true,
      pickable: true,
    }),
    new PathLayer<ThreatPath>({
      id: 'threat-lines',
      data: paths,
      getPath: ({ path }) => path.map(([lon, lat]): [number, number] => [lon, lat]),
      getWidth: ({ threat }) => threatBorder(impact(threat)) * markScale,
      widthUnits: 'pixels',
      getColor: ({ threat }) => [...faded(threat, 240)],
    }),
  ];
}
