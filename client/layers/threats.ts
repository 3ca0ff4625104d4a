import type { Layer } from '@deck.gl/core';
import { FillStyleExtension, type FillStyleExtensionProps } from '@deck.gl/extensions';
import { PathLayer, PolygonLayer } from '@deck.gl/layers';
import { degreesOf } from '../../shared/geo/distance.ts';
import type { ThreatOut } from '../../shared/model/threat.ts';
import type { Scene } from './scene.ts';
import { colours, hatches, hatchOfLevel, threatBorder, withAlpha } from './style.ts';

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

export function threatLayers({ threats, nowMs, markScale }: Scene): Layer[] {
  const { areas, paths } = threatShapes(threats.filter((threat) => holds(threat, nowMs)));
  const impact = (threat: ThreatOut) => threat.impact ?? Math.ceil(threat.level / 5);
  return [
    new PolygonLayer<ThreatArea, FillStyleExtensionProps<ThreatArea>>({
      id: 'threat-areas',
      data: areas,
      getPolygon: ({ rings }) => rings.map((ring) => ring.map(([lon, lat]) => [lon, lat])),
      getFillColor: [...withAlpha(colours.threat, 150)],
      getLineColor: [...withAlpha(colours.threat, 235)],
      getLineWidth: ({ threat }) => threatBorder(impact(threat)) * markScale,
      lineWidthUnits: 'pixels',
      lineJointRounded: true,
      pickable: true,
      extensions: [new FillStyleExtension({ pattern: true, proceduralPattern: true })],
      fillPatternMapping: hatches,
      fillPatternSizeUnits: 'pixels',
      getFillPattern: ({ threat }: ThreatArea) => hatchOfLevel(threat.level),
      getFillPatternScale: markScale,
      getFillPatternBackgroundColor: [...withAlpha(colours.threat, 16)],
    }),
    new PathLayer<ThreatPath>({
      id: 'threat-corridors',
      data: paths,
      getPath: ({ path }) => path.map(([lon, lat]): [number, number] => [lon, lat]),
      getWidth: ({ threat }) => 2 * (threat.radiusM || pointRadiusM),
      widthUnits: 'meters',
      getColor: [...withAlpha(colours.threat, 45)],
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
      getColor: [...withAlpha(colours.threat, 235)],
    }),
  ];
}
