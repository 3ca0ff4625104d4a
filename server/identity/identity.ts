import { Failure } from '../../shared/failure.ts';
import type { Principal } from '../../shared/role.ts';
import type { Shelf } from '../record/record.ts';
import { useLink } from './links.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { createTokenBook } from './tokens.ts';

/** Who is asking: everything that turns a credential into a principal. */
export interface Identity {
  /** By bearer token. Refuses with `not-signed-in`. */
  byToken(token: string): Promise<Principal>;
  /** Opens a session that ends with its token at the latest. */
  beginSession(token: string): Promise<{ principal: Principal; secret: string; lifeMs: number }>;
  /** By the key in a door's address: a door key, or the token of a feed or a patrol. */
  byDoorKey(key: string): Promise<Principal>;
  /** By a token in a header of a phone door: any token, a door key included. */
  atPhoneDoor(token: string): Promise<Principal>;
  bySession(secret: string): Promise<Principal>;
  byLink(code: string, fromThisMachine: boolean): Promise<Principal>;
  /** What an account is called that a token made. */
  nameOf(principalId: string): Promise<string | undefined>;
  readonly sessions: Sessions;
}

export function createIdentity(shelf: Shelf, nowMs: () => number): Identity {
  const tokens = createTokenBook(shelf);
  const sessions = createSessions(shelf, tokens.isGood);
  return {
    sessions,
    nameOf: (principalId) => tokens.nameOf(principalId, nowMs()),
    async byToken(token) {
      const opened = await tokens.open(token, nowMs());
      if (opened?.use === 'access') return opened.principal;
      throw new Failure('not-signed-in', 'the token is wrong, expired or withdrawn');
    },
    async beginSession(token) {
      const opened = await tokens.open(token, nowMs());
      if (opened?.use !== 'access')
        throw new Failure('not-signed-in', 'the token is wrong, expired or withdrawn');
      return { principal: opened.principal, ...(await sessions.begin(opened.principal, nowMs(), opened.id)) };
    },
    async byDoorKey(key) {
      const opened = await tokens.open(key, nowMs());
      const role = opened?.principal.role;
      if (opened && (opened.use === 'door' || role === 'feed' || role === 'patrol')) return opened.principal;
      throw new Failure('not-signed-in', 'the key of this door is wrong, expired or withdrawn');
    },
    async atPhoneDoor(token) {
      const opened = await tokens.open(token, nowMs());
      if (opened) return opened.principal;
      throw new Failure('not-signed-in', 'the token is wrong, expired or withdrawn');
    },
    async bySession(secret) {
      const principal = await sessions.open(secret, nowMs());
      if (principal) return principal;
      throw new Failure('not-signed-in', 'the session is over; sign in again');
    },
    async byLink(code, fromThisMachine) {
      const principal = await useLink(shelf, code, { nowMs: nowMs(), fromThisMachine });
      if (principal) return principal;
      throw new Failure(
        'not-signed-in',
        'the link was used before, or is older than 15 minutes; ask for a new one',
      );
    },
  };
}
