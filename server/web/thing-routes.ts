import { Router, type Request, type Response } from 'express';
import { Failure } from '../../shared/failure.ts';
import type { ThingKind } from '../../shared/picture/picture.ts';
import { roleMay, rolesThatMay, type Principal } from '../../shared/role.ts';
import { bboxSchema, type Bbox } from '../../shared/wire/subscribe.ts';
import type { Fanout } from '../fanout/fanout.ts';
import type { AlertsDoor } from '../ingest/alerts.ts';
import type { EscalationsDoor } from '../ingest/escalations.ts';
import type { Submit } from '../ingest/submit.ts';
import type { ThreatsDoor } from '../ingest/threats.ts';
import type { UnitsDoor } from '../ingest/units.ts';
import { bodyJson, bodyText, bytesUpTo } from './bodies.ts';
import { placesOf } from '../ingest/places-body.ts';
import { escalationAnswerSchema } from '../../shared/model/alert.ts';
import { parseBody } from '../ingest/parse-body.ts';
import { callerOf, signedIn, type WhoAsks } from './who-asks.ts';

const smallBody = bytesUpTo(1_000_000);
const placesBody = bytesUpTo(50_000_000);
/** Places per record entry: an import of a whole country becomes a few dozen entries, not one giant. */
const placesPerEntry = 1_000;

interface Parts {
  readonly fanout: Fanout;
  readonly whoAsks: WhoAsks;
  readonly units: UnitsDoor;
  readonly alerts: AlertsDoor;
  readonly escalations: EscalationsDoor;
  readonly threats: ThreatsDoor;
  readonly submit: Submit;
}

/** The picture and the things in it, over HTTP. Answers are what the caller may see, redacted as on the socket. */
export function thingRoutes(parts: Parts): Router {
  const routes = Router();
  pictureRoute(routes, parts);
  unitRoutes(routes, parts);
  alertRoutes(routes, parts);
  threatRoutes(routes, parts);
  placeRoutes(routes, parts);
  return routes;
}

function param(request: Request, name: string): string {
  const value: unknown = request.params[name];
  return typeof value === 'string' ? value : '';
}

/** The client's own id of a change, which makes a retry change nothing. The id of the alert itself is none. */
function changeIdOf(request: Request, body: unknown): string | undefined {
  const header = request.header('Idempotency-Key');
  const id = header ?? (typeof body === 'object' && body !== null && 'id' in body ? body.id : undefined);
  return typeof id === 'string' && id.length > 0 && id.length <= 100 && id !== request.params['id']
    ? id
    : undefined;
}

function pictureRoute(routes: Router, { fanout, whoAsks }: Parts): void {
  routes.get('/api/picture', async (request, response) => {
    const principal = await whoAsks(request);
    response.json(fanout.pictureFor(principal, bboxOf(request.query['bbox'])));
  });
}

function bboxOf(given: unknown): Bbox | undefined {
  if (given === undefined) return undefined;
  const parsed = bboxSchema.safeParse(String(given).split(',').map(Number));
  if (parsed.success) return parsed.data;
  throw new Failure('field-invalid', 'bbox is west,south,east,north in degrees', { field: 'bbox' });
}

/** Sends the thing as the caller may see it; an empty object with the id where it may not see what it just made. */
async function answerThing(
  { fanout }: Parts,
  response: Response,
  thing: { readonly kind: ThingKind; readonly id: string; readonly status?: number },
): Promise<void> {
  const caller = callerOf(response);
  const seen =
    thing.kind === 'alerts' ? fanout.receipt(caller, thing.id) : fanout.look(caller, thing.kind, thing.id);
  response.status(thing.status ?? 200).json(seen ?? { id: thing.id });
}

function unitRoutes(routes: Router, parts: Parts): void {
  const { whoAsks, units } = parts;
  routes.put('/api/units/:id', signedIn(whoAsks), smallBody, async (request, response) => {
    const id = param(request, 'id');
    const { isNew } = await units.register(callerOf(response), id, bodyJson(request));
    await answerThing(parts, response, { kind: 'units', id, status: isNew ? 201 : 200 });
  });
  routes.delete('/api/units/:id', async (request, response) => {
    await units.remove(await whoAsks(request), param(request, 'id'));
    response.status(204).end();
  });
}

function alertRoutes(routes: Router, parts: Parts): void {
  const { whoAsks, alerts } = parts;
  routes.post('/api/alerts', signedIn(whoAsks), smallBody, async (request, response) => {
    const { id, isNew } = await alerts.raise(callerOf(response), bodyJson(request));
    await answerThing(parts, response, { kind: 'alerts', id, status: isNew ? 201 : 200 });
  });
  routes.get('/api/alerts/:id', async (request, response) => {
    const id = param(request, 'id');
    const seen = parts.fanout.look(await whoAsks(request), 'alerts', id);
    if (!seen) throw new Failure('not-found', `there is no alert ${id}`, { field: 'id' });
    response.json(seen);
  });
  routes.patch('/api/alerts/:id', signedIn(whoAsks), smallBody, async (request, response) => {
    const id = param(request, 'id');
    const body = bodyJson(request);
    await alerts.change(callerOf(response), id, body, changeIdOf(request, body));
    await answerThing(parts, response, { kind: 'alerts', id });
  });
  routes.post(
    '/api/alerts/:id/escalations/answer',
    signedIn(whoAsks),
    smallBody,
    async (request, response) => {
      const id = param(request, 'id');
      const { escalation } = parseBody(escalationAnswerSchema, bodyJson(request));
      await parts.escalations.answer(callerOf(response), id, escalation);
      await answerThing(parts, response, { kind: 'alerts', id });
    },
  );
  routes.post('/api/alerts/:id/:step', signedIn(whoAsks), smallBody, async (request, response) => {
    const id = param(request, 'id');
    const body = bodyJson(request);
    await alerts.step(callerOf(response), id, param(request, 'step'), body, changeIdOf(request, body));
    await answerThing(parts, response, { kind: 'alerts', id });
  });
}

function threatRoutes(routes: Router, parts: Parts): void {
  const { whoAsks, threats } = parts;
  routes.post('/api/threats', signedIn(whoAsks), smallBody, async (request, response) => {
    const { id, isNew } = await threats.raise(callerOf(response), bodyJson(request));
    await answerThing(parts, response, { kind: 'threats', id, status: isNew ? 201 : 200 });
  });
  routes.patch('/api/threats/:id', signedIn(whoAsks), smallBody, async (request, response) => {
    const id = param(request, 'id');
    await threats.change(callerOf(response), id, bodyJson(request));
    await answerThing(parts, response, { kind: 'threats', id });
  });
  routes.post('/api/threats/:id/end', signedIn(whoAsks), smallBody, async (request, response) => {
    const id = param(request, 'id');
    await threats.end(callerOf(response), id);
    await answerThing(parts, response, { kind: 'threats', id });
  });
}

function placeRoutes(routes: Router, { whoAsks, submit }: Parts): void {
  const may = ({ role }: Principal): void => {
    if (roleMay(role, 'import-places')) return;
    const allowed = rolesThatMay('import-places').join(', ');
    throw new Failure('role-not-allowed', `${role} may not import places; ${allowed} may`);
  };
  routes.post('/api/places/import', signedIn(whoAsks, may), placesBody, async (request, response) => {
    const principal = callerOf(response);
    const { places, rejected } = placesOf(bodyText(request), request.headers['content-type'] ?? '');
    const parts = Array.from({ length: Math.ceil(places.length / placesPerEntry) }, (_, part) =>
      places.slice(part * placesPerEntry, (part + 1) * placesPerEntry),
    );
    await Promise.all(
      parts.map((part) => submit.event(principal, { kind: 'places.imported', places: part })),
    );
    response.json({ accepted: places.length, rejected });
  });
}
