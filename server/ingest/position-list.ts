import { Failure } from '../../shared/failure.ts';
import type { PositionCandidate } from './positions.ts';

/** The items of a positions body that is JSON already: an array, or an object with `positions`. */
export function positionList(body: unknown): PositionCandidate[] {
  const given = typeof body === 'object' && body !== null && 'positions' in body ? body.positions : body;
  if (Array.isArray(given)) return given.map((item: unknown) => ({ item }));
  throw new Failure('bad-body', 'the body must be an array of positions, or {"positions":[…]}', {
    field: 'positions',
  });
}
