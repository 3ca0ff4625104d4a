import { Router } from 'express';
import { mostLogLines } from '../../shared/model/watch-log.ts';
import { logLineView, logView, type LogQuery } from '../audience/watch-log-view.ts';
import type { ViewContext } from '../audience/view-context.ts';
import { mustMay } from '../ingest/may.ts';
import type { WatchLogDoor } from '../ingest/watch-log.ts';
import { askedCount, askedLanguage, askedText, askedTime } from './asked.ts';
import { bodyJson, bytesUpTo } from './bodies.ts';
import { callerOf, signedIn, type WhoAsks } from './who-asks.ts';

interface Parts {
  readonly whoAsks: WhoAsks;
  readonly watchLog: WatchLogDoor;
  readonly context: () => ViewContext;
}

const usualLines = 100;

/** The watch log: what people wrote and what the record holds, as the caller may see it. */
export function watchLogRoutes({ whoAsks, watchLog, context }: Parts): Router {
  const routes = Router();
  routes.get('/api/watch-log', async (request, response) => {
    const principal = await whoAsks(request);
    mustMay(principal, 'read-watch-log', 'read the watch log');
    const [fromMs, toMs] = [askedTime(request, 'from'), askedTime(request, 'to')];
    const [alert, unit, before] = ['alert', 'unit', 'before'].map((name) => askedText(request, name));
    const query: LogQuery = {
      lang: askedLanguage(request),
      limit: askedCount(request, 'limit', usualLines, mostLogLines),
      ...(fromMs === undefined ? {} : { fromMs }),
      ...(toMs === undefined ? {} : { toMs }),
      ...(alert === undefined ? {} : { alert }),
      ...(unit === undefined ? {} : { unit }),
      ...(before === undefined ? {} : { before }),
    };
    response.json(logView(principal, context(), query));
  });
  routes.post('/api/watch-log', signedIn(whoAsks), bytesUpTo(100_000), async (request, response) => {
    const caller = callerOf(response);
    const { id, isNew } = await watchLog.write(caller, bodyJson(request));
    response.status(isNew ? 201 : 200).json(logLineView(caller, context(), id) ?? { id });
  });
  return routes;
}
