import { bboxTouches, geometryBbox, geometryCentre, geometryPoints } from '../../shared/geo/area.ts';
import type { Geometry, ThreatOut } from '../../shared/model/threat.ts';
import type { Sector } from '../../shared/model/mission.ts';
import type { Principal } from '../../shared/role.ts';
import type { Mission } from '../mission/mission.ts';
import type { Threat } from '../picture/picture.ts';
import { lowered, loweredRadiusM } from './lowered.ts';
import type { ViewContext } from './view-context.ts';
import { sectorOfUnit } from './unit-sight.ts';

type Bounds = readonly [number, number, number, number];

/** The threat as this principal may see it (contract, "Who sees what", threats). */
export function threatView(
  threat: Threat,
  principal: Principal,
  context: ViewContext,
): ThreatOut | undefined {
  switch (principal.role) {
    case 'admin':
    case 'watch':
    case 'chief':
    case 'command':
    case 'analyst':
      return inFull(threat, context.mission);
    case 'sector':
      return touches(threat, withNeighbours(principal.sectors, context.mission))
        ? inFull(threat, context.mission)
        : undefined;
    case 'liaison':
      return liesIn(threat, principal.sectors, context.mission) ? inFull(threat, context.mission) : undefined;
    case 'patrol':
      return touches(threat, ownAreas(principal, context)) ? withoutGradeAndText(threat) : undefined;
    case 'wall':
      return areaAndLevel(threat);
    case 'adviser':
    case 'feed':
    case 'dpo':
    case 'auditor':
      return undefined;
  }
}

function named(ids: readonly string[], mission: Mission): Sector[] {
  return mission.sectors.filter((sector) => ids.includes(sector.id));
}

function withNeighbours(ids: readonly string[], mission: Mission): Sector[] {
  const own = named(ids, mission);
  return mission.sectors.filter((sector) =>
    own.some((mine) => bboxTouches(boundsOf(mine), boundsOf(sector))),
  );
}

/** A patrol's own area: the sectors of its token, else those its own units are in now. */
function ownAreas(principal: Principal, context: ViewContext): Sector[] {
  if (principal.sectors.length > 0) return named(principal.sectors, context.mission);
  const units = principal.units.flatMap((id) => context.picture.units.get(id) ?? []);
  return named(
    units.flatMap((unit) => sectorOfUnit(unit, context) ?? []),
    context.mission,
  );
}

function boundsOf(sector: Sector): Bounds {
  const { geometry } = sector;
  if (geometry.type === 'Polygon') return geometryBbox(geometry);
  const boxes = geometry.coordinates.map((coordinates) => geometryBbox({ type: 'Polygon', coordinates }));
  return [
    Math.min(...boxes.map((box) => box[0])),
    Math.min(...boxes.map((box) => box[1])),
    Math.max(...boxes.map((box) => box[2])),
    Math.max(...boxes.map((box) => box[3])),
  ];
}

/** By bounding boxes: near a border a threat is rather shown than missed. */
function touches(threat: Threat, sectors: readonly Sector[]): boolean {
  const area = geometryBbox(threat.threat.geometry, threat.threat.radiusM ?? 0);
  return sectors.some((sector) => bboxTouches(boundsOf(sector), area));
}

/** By the geometry itself: a liaison reads grade and text, so a neighbour's threat near the border is not enough. */
function liesIn({ threat: { geometry } }: Threat, sectors: readonly string[], mission: Mission): boolean {
  const points = [geometryCentre(geometry), ...geometryPoints(geometry)];
  return points.some(([lon, lat]) => sectors.includes(mission.sectorAt(lon, lat) ?? ''));
}

function core(threat: Threat): Omit<ThreatOut, 'kind' | 'geometry'> {
  const { likelihood, impact, validFrom, validTo } = threat.threat;
  return {
    id: threat.id,
    level: likelihood * impact,
    ...(validFrom ? { validFrom } : {}),
    ...(validTo ? { validTo } : {}),
    raisedAt: new Date(threat.raisedAtMs).toISOString(),
    changedAt: new Date(threat.changedAtMs).toISOString(),
    ...(threat.endedAtMs === undefined ? {} : { endedAt: new Date(threat.endedAtMs).toISOString() }),
  };
}

function withoutGradeAndText(threat: Threat): ThreatOut {
  const { kind, geometry, radiusM, likelihood, impact } = threat.threat;
  return { ...core(threat), kind, geometry, ...(radiusM ? { radiusM } : {}), likelihood, impact };
}

function inFull(threat: Threat, mission: Mission): ThreatOut {
  const { actor, sourceGrade, infoGrade, text, geometry } = threat.threat;
  const sector = mission.sectorAt(...geometryCentre(geometry));
  return {
    ...withoutGradeAndText(threat),
    ...(actor ? { actor } : {}),
    ...(sourceGrade ? { sourceGrade } : {}),
    ...(infoGrade ? { infoGrade } : {}),
    ...(text ? { text } : {}),
    ...(sector ? { sector } : {}),
  };
}

/** On a wall: where about, and how grave. The kind is a free word, so it stays behind; points become areas. */
function areaAndLevel(threat: Threat): ThreatOut {
  const { geometry, radiusM } = threat.threat;
  return {
    ...core(threat),
    kind: 'threat',
    geometry: loweredGeometry(geometry),
    ...(geometry.type === 'Point' || radiusM ? { radiusM: Math.max(radiusM ?? 0, loweredRadiusM) } : {}),
  };
}

function loweredGeometry(geometry: Geometry): Geometry {
  const round = ([lon, lat]: readonly [number, number, ...number[]]): [number, number] => [
    Math.round(lon * 100) / 100,
    Math.round(lat * 100) / 100,
  ];
  switch (geometry.type) {
    case 'Point': {
      const { lon, lat } = lowered(geometry.coordinates[0], geometry.coordinates[1]);
      return { type: 'Point', coordinates: [lon, lat] };
    }
    case 'LineString':
      return { type: 'LineString', coordinates: geometry.coordinates.map(round) };
    case 'Polygon':
      return { type: 'Polygon', coordinates: geometry.coordinates.map((ring) => ring.map(round)) };
  }
}
