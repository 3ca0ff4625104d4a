import { Router } from 'express';
import type { FocalPointsDoor } from '../ingest/focal-points.ts';
import { mustMay } from '../ingest/may.ts';
import type { Picture } from '../picture/picture.ts';
import { pathPart } from './asked.ts';
import { bodyJson, bytesUpTo } from './bodies.ts';
import { callerOf, signedIn, type WhoAsks } from './who-asks.ts';

const body = bytesUpTo(64_000);

interface Parts {
  readonly whoAsks: WhoAsks;
  readonly focalPoints: FocalPointsDoor;
  readonly picture: () => Picture;
}

/** Focal points under their pseudonyms, and what was done with sources, for those who watch over it. */
export function focalPointRoutes({ whoAsks, focalPoints, picture }: Parts): Router {
  const routes = Router();
  const asked = signedIn(whoAsks);
  routes.get('/api/focal-points', async (request, response) => {
    response.json({ focalPoints: await focalPoints.list(await whoAsks(request)) });
  });
  routes.post('/api/focal-points', asked, body, async (request, response) => {
    const { point, isNew } = await focalPoints.register(callerOf(response), bodyJson(request));
    response.status(isNew ? 201 : 200).json(point);
  });
  routes.get('/api/focal-points/:pseudonym', async (request, response) => {
    response.json(await focalPoints.look(await whoAsks(request), pathPart(request, 'pseudonym')));
  });
  routes.patch('/api/focal-points/:pseudonym', asked, body, async (request, response) => {
    const pseudonym = pathPart(request, 'pseudonym');
    response.json(await focalPoints.change(callerOf(response), pseudonym, bodyJson(request)));
  });
  routes.post('/api/focal-points/:pseudonym/care', asked, body, async (request, response) => {
    const pseudonym = pathPart(request, 'pseudonym');
    response.json(await focalPoints.care(callerOf(response), pseudonym, bodyJson(request)));
  });
  routes.post('/api/focal-points/:pseudonym/withdraw', asked, async (request, response) => {
    await focalPoints.withdraw(callerOf(response), pathPart(request, 'pseudonym'));
    response.status(204).end();
  });
  routes.post('/api/focal-points/:pseudonym/open', asked, body, async (request, response) => {
    const pseudonym = pathPart(request, 'pseudonym');
    const opened = await focalPoints.open(callerOf(response), pseudonym, bodyJson(request));
    response.setHeader('Cache-Control', 'no-store');
    response.json(opened);
  });
  routes.get('/api/audit/sources', async (request, response) => {
    mustMay(await whoAsks(request), 'read-source-audit', 'read what was done with sources');
    const deeds = [...picture().sourceDeeds.values()].slice(-1_000).map(({ atMs, by, ...deed }) => ({
      ...deed,
      at: new Date(atMs).toISOString(),
      by: by.name,
      role: by.role,
    }));
    response.json({ deeds });
  });
  return routes;
}
