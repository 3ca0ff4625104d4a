import { Router, type Request } from 'express';
import { Failure } from '../../shared/failure.ts';
import { mostActivityHours } from '../../shared/model/activity.ts';
import { rolesThatMay, roleMay } from '../../shared/role.ts';
import { activityView } from '../audience/activity-view.ts';
import { audienceOf } from '../audience/audience.ts';
import type { Mission } from '../mission/mission.ts';
import type { Picture } from '../picture/picture.ts';
import type { WhoAsks } from './who-asks.ts';

interface Parts {
  readonly picture: () => Picture;
  readonly mission: Mission;
  readonly whoAsks: WhoAsks;
  readonly nowMs: () => number;
}

/** `GET /api/activity?hours`: how much was reported, and which alerts came in, quarter by quarter. */
export function activityRoutes({ picture, mission, whoAsks, nowMs }: Parts): Router {
  const routes = Router();
  routes.get('/api/activity', async (request, response) => {
    const principal = await whoAsks(request);
    if (!roleMay(principal.role, 'read-activity')) {
      const may = rolesThatMay('read-activity').join(', ');
      throw new Failure('role-not-allowed', `${principal.role} may not read activity; ${may} may`);
    }
    const context = { picture: picture(), mission, atMs: nowMs() };
    response.json(activityView(audienceOf(principal), context, hoursOf(request)));
  });
  return routes;
}

function hoursOf(request: Request): number {
  const given = request.query['hours'];
  if (given === undefined) return mostActivityHours;
  const hours = typeof given === 'string' && /^\d{1,4}$/.test(given) ? Number(given) : NaN;
  if (hours >= 1 && hours <= mostActivityHours) return hours;
  throw new Failure('field-out-of-range', `hours is a whole number from 1 to ${mostActivityHours}`, {
    field: 'hours',
  });
}
