import { Router, type Request } from 'express';
import { Failure } from '../../shared/failure.ts';
import type { Question, Search } from '../search/search.ts';
import type { WhoAsks } from './who-asks.ts';

const mostLetters = 120;
const mostAnswers = 50;
const usualAnswers = 10;

interface Parts {
  readonly search: Search;
  readonly whoAsks: WhoAsks;
}

/** `GET /api/search?q&limit&near`: places and units by name, spelt in any way, as far as the caller may see them. */
export function searchRoutes({ search, whoAsks }: Parts): Router {
  const routes = Router();
  routes.get('/api/search', async (request, response) => {
    const principal = await whoAsks(request);
    response.json(await search.search(principal, questionOf(request)));
  });
  return routes;
}

function questionOf({ query }: Request): Question {
  const { q, limit, near } = query;
  if (q === undefined) throw new Failure('field-missing', 'q is the name that is looked for', { field: 'q' });
  if (typeof q !== 'string' || q.length > mostLetters)
    throw new Failure('field-invalid', `q is one text of at most ${mostLetters} letters`, { field: 'q' });
  return { typed: q, limit: limitOf(limit), near: pointOf(near) };
}

function limitOf(given: unknown): number {
  if (given === undefined) return usualAnswers;
  const limit = typeof given === 'string' && /^\d{1,4}$/.test(given) ? Number(given) : NaN;
  if (limit >= 1 && limit <= mostAnswers) return limit;
  throw new Failure('field-out-of-range', `limit is a whole number from 1 to ${mostAnswers}`, {
    field: 'limit',
  });
}

function pointOf(given: unknown): Question['near'] {
  if (given === undefined) return undefined;
  const [lon = NaN, lat = NaN, ...more] = String(given).split(',').map(numberOf);
  if (more.length === 0 && Math.abs(lon) <= 180 && Math.abs(lat) <= 90) return { lon, lat };
  throw new Failure('field-invalid', 'near is lon,lat in degrees', { field: 'near' });
}

function numberOf(text: string): number {
  return text.trim() === '' ? NaN : Number(text);
}
