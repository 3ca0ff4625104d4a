import { Router } from 'express';
import { reportText, type ReportKey } from '../../shared/messages/report-text.ts';
import { reportLanguages } from '../../shared/model/report.ts';
import type { RumoursOut } from '../../shared/model/rumour.ts';
import { rumourView } from '../audience/rumour-view.ts';
import type { ViewContext } from '../audience/view-context.ts';
import { mustMay } from '../ingest/may.ts';
import type { RumoursDoor } from '../ingest/rumours.ts';
import { changeIdOf, pathPart } from './asked.ts';
import { bodyJson, bytesUpTo } from './bodies.ts';
import { callerOf, signedIn, type WhoAsks } from './who-asks.ts';

interface Parts {
  readonly whoAsks: WhoAsks;
  readonly rumours: RumoursDoor;
  readonly context: () => ViewContext;
}

const body = bytesUpTo(100_000);
const templateIds = ['checking', 'false', 'true', 'unclear', 'movement'] as const;

/** The rumour desk: claim, spread, verified answer; templates to begin an answer with. */
export function rumourRoutes({ whoAsks, rumours, context }: Parts): Router {
  const routes = Router();
  routes.get('/api/rumours', async (request, response) => {
    const principal = await whoAsks(request);
    mustMay(principal, 'read-rumours', 'read rumours');
    const now = context();
    const seen = [...now.picture.watch.rumours.values()]
      .reverse()
      .flatMap((rumour) => rumourView(rumour, principal, now) ?? []);
    response.json({ rumours: seen, templates: templates() } satisfies RumoursOut);
  });
  routes.post('/api/rumours', signedIn(whoAsks), body, async (request, response) => {
    const caller = callerOf(response);
    const { id, isNew } = await rumours.raise(caller, bodyJson(request));
    const now = context();
    const rumour = now.picture.watch.rumours.get(id);
    response.status(isNew ? 201 : 200).json((rumour && rumourView(rumour, caller, now)) ?? { id });
  });
  routes.post('/api/rumours/:id/answer', signedIn(whoAsks), body, async (request, response) => {
    const caller = callerOf(response);
    const id = pathPart(request, 'id');
    await rumours.answer(caller, id, bodyJson(request), changeIdOf(request));
    const now = context();
    const rumour = now.picture.watch.rumours.get(id);
    response.json((rumour && rumourView(rumour, caller, now)) ?? { id });
  });
  return routes;
}

function templates(): RumoursOut['templates'] {
  return Object.fromEntries(
    reportLanguages.map((lang) => [
      lang,
      templateIds.map((id) => {
        const key: ReportKey = `rumourTemplate.${id}`;
        return { id, text: reportText(lang, key) };
      }),
    ]),
  );
}
