import { Router, type Request } from 'express';
import type { Principal } from '../../shared/role.ts';
import type { Identity } from '../identity/identity.ts';
import type { PositionsDoor } from '../ingest/positions.ts';
import { parseJson } from '../ingest/parse-json.ts';
import { parseOwntracks, type OwntracksSender } from './owntracks-report.ts';
import { basicUser, onceAndForAll, readText, senderOf, type Count } from './phone-door.ts';
import { textOf } from './phone-values.ts';

export { parseOwntracks, type OwntracksSender };

interface Parts {
  readonly identity: Identity;
  readonly positions: PositionsDoor;
  readonly nowMs: () => number;
  readonly count: Count;
}

/**
 * `POST /owntracks`: OwnTracks in HTTP mode, the token as password of HTTP basic (or as bearer). The answer
 * is the list of messages for the phone, of which we have none. See `onceAndForAll` for what is not answered
 * 200.
 */
export function owntracksRoutes({ identity, positions, nowMs, count }: Parts): Router {
  const routes = Router();
  routes.post('/owntracks', async (request, response) => {
    const principal = await senderOf(identity, request);
    await onceAndForAll(count, async () => {
      const text = await readText(request, response);
      // The app posts nothing when a friend is deleted; the booklet asks to pass that over.
      if (text.trim() === '') return;
      const report = parseOwntracks(parseJson(text), senderIn(request, principal), nowMs());
      report.passedOver.forEach(count);
      if (report.candidates.length > 0) await positions.take(principal, report.candidates);
    });
    response.json([]);
  });
  return routes;
}

function senderIn(request: Request, { units }: Principal): OwntracksSender {
  return {
    unit: units.length === 1 ? units[0] : undefined,
    user: basicUser(request.headers.authorization),
    limitUser: textOf(request.headers['x-limit-u']),
    limitDevice: textOf(request.headers['x-limit-d']),
  };
}
