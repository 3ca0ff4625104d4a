import { Router } from 'express';
import type { ViewContext } from '../audience/view-context.ts';
import { mustMay } from '../ingest/may.ts';
import { paperOf } from '../reports/paper.ts';
import { askedLanguage } from './asked.ts';
import { paperPage } from './paper-page.ts';
import type { WhoAsks } from './who-asks.ts';

interface Parts {
  readonly whoAsks: WhoAsks;
  readonly context: () => ViewContext;
  readonly isExercise: boolean;
}

/** `GET /api/paper`: the state of the watch for printing, for when the power goes. */
export function paperRoutes({ whoAsks, context, isExercise }: Parts): Router {
  const routes = Router();
  routes.get('/api/paper', async (request, response) => {
    const principal = await whoAsks(request);
    mustMay(principal, 'print-paper', 'print the state of the watch');
    const now = context();
    const paper = paperOf({ ...now, principal, lang: askedLanguage(request), isExercise });
    response.setHeader('Cache-Control', 'no-store');
    response.type('html').send(paperPage(paper, now.mission.sectors));
  });
  return routes;
}
