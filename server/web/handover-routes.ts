import { Router } from 'express';
import { Failure } from '../../shared/failure.ts';
import type { HandoverOut, HandoverUnread } from '../../shared/model/handover.ts';
import { mostLogLines } from '../../shared/model/watch-log.ts';
import type { ReportLanguage } from '../../shared/model/report.ts';
import type { Principal } from '../../shared/role.ts';
import { briefView, handoverView } from '../audience/handover-view.ts';
import type { ViewContext } from '../audience/view-context.ts';
import { logView } from '../audience/watch-log-view.ts';
import type { HandoversDoor } from '../ingest/handovers.ts';
import { mustMay } from '../ingest/may.ts';
import { draftBrief } from '../reports/handover-brief.ts';
import { askedLanguage, pathPart } from './asked.ts';
import { bodyJson, bytesUpTo } from './bodies.ts';
import { callerOf, signedIn, type WhoAsks } from './who-asks.ts';

interface Parts {
  readonly whoAsks: WhoAsks;
  readonly handovers: HandoversDoor;
  readonly context: () => ViewContext;
}

const mostListed = 50;
/** Who has never handed over is told of the last day. */
const unreadWithinMs = 86_400_000;
const body = bytesUpTo(100_000);

/** The handover of the shift: a brief drafted from the picture; the outgoing signs, then the incoming. */
export function handoverRoutes({ whoAsks, handovers, context }: Parts): Router {
  const routes = Router();
  const view = (id: string, principal: Principal, lang: ReportLanguage): HandoverOut => {
    const now = context();
    const handover = now.picture.watch.handovers.get(id);
    if (!handover) throw new Failure('not-found', `there is no handover ${id}`, { field: 'id' });
    return handoverView(handover, { ...now, principal, lang });
  };
  routes.get('/api/handover/draft', async (request, response) => {
    const principal = await whoAsks(request);
    mustMay(principal, 'hand-over', 'read the handover');
    const reader = { ...context(), principal, lang: askedLanguage(request) };
    const draft = briefView(draftBrief(principal, reader), reader);
    response.json({ ...draft, unread: unreadOf(reader) });
  });
  routes.get('/api/handover', async (request, response) => {
    const principal = await whoAsks(request);
    mustMay(principal, 'hand-over', 'read the handover');
    const reader = { ...context(), principal, lang: askedLanguage(request) };
    const newest = [...reader.picture.watch.handovers.values()].slice(-mostListed).reverse();
    response.json({ handovers: newest.map((handover) => handoverView(handover, reader)) });
  });
  routes.post('/api/handover', signedIn(whoAsks), body, async (request, response) => {
    const caller = callerOf(response);
    const lang = askedLanguage(request);
    const { id, isNew } = await handovers.signOff(caller, bodyJson(request) ?? {});
    response.status(isNew ? 201 : 200).json(view(id, caller, lang));
  });
  routes.post('/api/handover/:id/sign', signedIn(whoAsks), body, async (request, response) => {
    const caller = callerOf(response);
    const lang = askedLanguage(request);
    const id = pathPart(request, 'id');
    await handovers.take(caller, id);
    response.json(view(id, caller, lang));
  });
  return routes;
}

/** What this account has not seen since it last handed over; it follows the shift, not the screen. */
function unreadOf({
  principal,
  lang,
  ...context
}: ViewContext & { readonly principal: Principal; readonly lang: ReportLanguage }): HandoverUnread {
  const own = [...context.picture.watch.handovers.values()].filter(
    ({ outgoing }) => outgoing.by.id === principal.id,
  );
  const fromMs = own.at(-1)?.outgoing.atMs ?? context.atMs - unreadWithinMs;
  const { lines, next } = logView(principal, context, { lang, fromMs: fromMs + 1, limit: mostLogLines });
  return { since: new Date(fromMs).toISOString(), lines, ...(next === undefined ? {} : { more: true }) };
}
