import { Router, type Request, type RequestHandler, type Response } from 'express';
import { Failure } from '../../shared/failure.ts';
import type { PositionsAnswer } from '../../shared/model/position.ts';
import type { Principal } from '../../shared/role.ts';
import type { Identity } from '../identity/identity.ts';
import type { PositionCandidate, PositionsDoor } from '../ingest/positions.ts';
import { parseJson } from '../ingest/parse-json.ts';
import { parseOsmand, type OsmandReport } from './osmand-report.ts';
import { onceAndForAll, readText, refusedWhole, senderOf, type Count } from './phone-door.ts';

export { parseOsmand, type OsmandReport };

/** Where a unit was last; a report without a place is not older than `timeMs`, where that is known. */
export interface LastFix {
  readonly lon: number;
  readonly lat: number;
  readonly timeMs?: number;
}

interface Parts {
  readonly identity: Identity;
  readonly positions: PositionsDoor;
  readonly nowMs: () => number;
  readonly lastFix: (unit: string) => LastFix | undefined;
  readonly count: Count;
}

/**
 * `GET` and `POST /osmand` (token in a header) and `/osmand/KEY`: the protocol of OsmAnd's online tracking
 * and of Traccar Client. Answers 200 with the verdict in JSON, which phones pass over and people who set one
 * up can read; see `onceAndForAll` for what is not answered 200.
 */
export function osmandRoutes(parts: Parts): Router {
  const routes = Router();
  const take: RequestHandler = async (request, response) => {
    const principal = await senderOf(parts.identity, request);
    const answer = await onceAndForAll(parts.count, async () => {
      const { query, json } = await osmandInput(request, response);
      const report = parseOsmand(query, json, parts.nowMs(), (id) => unitOf(principal, id, parts.lastFix));
      return await takeReport(parts, principal, report);
    });
    response.json(answer instanceof Failure ? refusedWhole(answer) : answer);
  };
  for (const path of ['/osmand', '/osmand/:key']) routes.get(path, take).post(path, take);
  return routes;
}

/** Query and form parameters as one, the query first; a JSON body beside them. */
async function osmandInput(
  request: Request,
  response: Response,
): Promise<{ query: Readonly<Record<string, unknown>>; json: unknown }> {
  const text = request.method === 'POST' ? (await readText(request, response)).trim() : '';
  if (text === '') return { query: request.query, json: undefined };
  if (request.is('json') || /^[[{]/.test(text)) return { query: request.query, json: parseJson(text) };
  return { query: { ...Object.fromEntries(new URLSearchParams(text)), ...request.query }, json: undefined };
}

/**
 * A token bound to one unit stands for that unit, whatever the phone calls itself (Traccar Client makes up a
 * number). An id that is another unit's stays, and the door refuses it: otherwise one address copied to two
 * phones would have one marker jump between two patrols.
 */
function unitOf({ units }: Principal, id: string | undefined, lastFix: Parts['lastFix']): string | undefined {
  if (units.length !== 1) return id;
  return id !== undefined && id !== units[0] && lastFix(id) ? id : units[0];
}

async function takeReport(
  parts: Parts,
  principal: Principal,
  report: OsmandReport,
): Promise<PositionsAnswer> {
  if (report.kind === 'positions') return await parts.positions.take(principal, report.candidates);
  const stillThere = atLastPlace(report, parts.lastFix(report.unit));
  if (stillThere) return await parts.positions.take(principal, [stillThere]);
  parts.count('no-position');
  return { accepted: 0, duplicates: 0, rejected: [] };
}

/**
 * A report without a place says that the phone lives; it keeps the unit where it was, as Traccar does. Not
 * when it is from before that place was reported: it would put today's place into yesterday's track.
 */
function atLastPlace(
  { candidate, timeMs }: Extract<OsmandReport, { kind: 'no-position' }>,
  last: LastFix | undefined,
): PositionCandidate | undefined {
  if (!last || !(timeMs > (last.timeMs ?? -Infinity))) return undefined;
  return { ...candidate, item: { ...candidate.item, lon: last.lon, lat: last.lat } };
}
