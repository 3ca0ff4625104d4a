import { Router, type Request } from 'express';
import { Failure } from '../../shared/failure.ts';
import { roleMay, rolesThatMay, type Principal } from '../../shared/role.ts';
import { analystDelayNowMs } from '../audience/unit-view.ts';
import type { Fanout } from '../fanout/fanout.ts';
import { parseTime } from '../ingest/parse-time.ts';
import type { Mission } from '../mission/mission.ts';
import type { Picture } from '../picture/picture.ts';
import type { TrackPoint } from '../picture/tracks.ts';
import { trackCsv, trackGeoJson, trackGpx } from './track-formats.ts';
import type { WhoAsks } from './who-asks.ts';

interface Parts {
  readonly fanout: Fanout;
  readonly picture: () => Picture;
  readonly mission: Mission;
  readonly whoAsks: WhoAsks;
  readonly nowMs: () => number;
}

/** `GET /api/units/:id/track?from&to`: where a unit has been, for those who may see the unit in full. */
export function trackRoutes({ fanout, picture, mission, whoAsks, nowMs }: Parts): Router {
  const routes = Router();
  routes.get('/api/units/:id/track', async (request, response) => {
    const principal = await whoAsks(request);
    const id = request.params.id;
    const unit = fanout.look(principal, 'units', id);
    mayRead(principal, id, unit);
    const latestMs =
      principal.role === 'analyst' ? nowMs() - analystDelayNowMs({ picture: picture() }) : Infinity;
    const fromMs = timeOf(request, 'from') ?? 0;
    const toMs = Math.min(timeOf(request, 'to') ?? Infinity, latestMs);
    const points = picture()
      .tracks.between(id, fromMs, toMs)
      .filter(ownPoints(principal, id, { picture, mission }));
    const callsign = unit?.callsign ?? id;
    response.format({
      'application/geo+json': () => void response.send(JSON.stringify(trackGeoJson(id, callsign, points))),
      'application/json': () => void response.send(JSON.stringify(trackGeoJson(id, callsign, points))),
      'application/gpx+xml': () => void response.send(trackGpx(id, callsign, points)),
      'text/csv': () => void response.send(trackCsv(id, callsign, points)),
      default: () =>
        void response.type('application/geo+json').send(JSON.stringify(trackGeoJson(id, callsign, points))),
    });
  });
  return routes;
}

/**
 * Which points of a track are the caller's to see: a sector or liaison sees what was in its own area, and the whole
 * track of a unit that is registered there.
 */
function ownPoints(
  { role, sectors }: Principal,
  id: string,
  { picture, mission }: Pick<Parts, 'picture' | 'mission'>,
): (point: TrackPoint) => boolean {
  const home = picture().units.get(id)?.sector;
  if ((role !== 'sector' && role !== 'liaison') || (home !== undefined && sectors.includes(home)))
    return () => true;
  return ({ lon, lat }) => sectors.includes(mission.sectorAt(lon, lat) ?? '');
}

function mayRead(principal: Principal, id: string, unit: { readonly plain?: true } | undefined): void {
  if (!roleMay(principal.role, 'read-track')) {
    const may = rolesThatMay('read-track').join(', ');
    throw new Failure('role-not-allowed', `${principal.role} may not read tracks; ${may} may`);
  }
  if (!unit) throw new Failure('not-found', `there is no unit ${id}`, { field: 'id' });
  // A feed has brought the newest fix of many a unit: where others saw it before is not its to read.
  const isForeign = principal.role === 'feed' && !principal.units.includes(id);
  if (unit.plain || isForeign)
    throw new Failure('unit-not-yours', `the track of ${id} is not yours to read`, { field: 'id' });
}

function timeOf(request: Request, name: string): number | undefined {
  const given = request.query[name];
  if (given === undefined) return undefined;
  const timeMs = parseTime(given);
  if (timeMs !== undefined) return timeMs;
  throw new Failure('time-invalid', `${name} is an RFC 3339 time, as 2026-11-22T16:40:00Z`, { field: name });
}
