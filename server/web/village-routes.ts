import { Router } from 'express';
import { Failure } from '../../shared/failure.ts';
import { villageReaches, villageStates } from '../../shared/model/village-lists.ts';
import { mustMay } from '../ingest/may.ts';
import type { VillagesDoor } from '../ingest/villages.ts';
import type { VillageList } from '../search/village-list.ts';
import { askedCount, askedOneOf, askedText, pathPart } from './asked.ts';
import { bodyJson, bytesUpTo } from './bodies.ts';
import { callerOf, signedIn, type WhoAsks } from './who-asks.ts';

interface Parts {
  readonly whoAsks: WhoAsks;
  readonly villages: VillagesDoor;
  readonly list: VillageList;
}

const body = bytesUpTo(20_000);
export const mostVillages = 200;
const usualVillages = 50;
const mostFrom = 999_999;

/** The registry of villages: how each is reached, when it was last heard of, and what is noted of contacts. */
export function villageRoutes({ whoAsks, villages, list }: Parts): Router {
  const routes = Router();
  routes.get('/api/villages', async (request, response) => {
    const principal = await whoAsks(request);
    mustMay(principal, 'read-villages', 'read the registry of villages');
    response.json(
      await list.page(principal, {
        typed: askedText(request, 'q')?.slice(0, 120),
        sector: askedText(request, 'sector'),
        state: askedOneOf(request, 'state', villageStates),
        reach: askedOneOf(request, 'reach', villageReaches),
        from: askedText(request, 'from') === '0' ? 0 : askedCount(request, 'from', 0, mostFrom),
        limit: askedCount(request, 'limit', usualVillages, mostVillages),
      }),
    );
  });
  routes.get('/api/silent-villages', async (request, response) => {
    const principal = await whoAsks(request);
    mustMay(principal, 'read-villages', 'read the registry of villages');
    response.json(list.silent(principal));
  });
  routes.get('/api/villages/:id', async (request, response) => {
    const principal = await whoAsks(request);
    mustMay(principal, 'read-villages', 'read the registry of villages');
    const id = pathPart(request, 'id');
    const village = list.one(principal, id);
    if (!village) throw new Failure('not-found', `there is no village ${id}`, { field: 'id' });
    response.json(village);
  });
  routes.post('/api/villages/:id/contacts', signedIn(whoAsks), body, async (request, response) => {
    const caller = callerOf(response);
    const id = pathPart(request, 'id');
    const { isNew } = await villages.contacted(caller, id, bodyJson(request));
    response.status(isNew ? 201 : 200).json(list.one(caller, id) ?? { id });
  });
  return routes;
}
