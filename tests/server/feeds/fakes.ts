import type { AddressInfo } from 'node:net';
import express, { type Router } from 'express';
import { onTestFinished } from 'vitest';
import { createLogger } from '../../../server/diagnostics/logger.ts';
import type { Identity } from '../../../server/identity/identity.ts';
import { parsePosition } from '../../../server/ingest/parse-position.ts';
import type { PositionCandidate, PositionsDoor } from '../../../server/ingest/positions.ts';
import { errorHandler } from '../../../server/web/errors.ts';
import { Failure } from '../../../shared/failure.ts';
import type { Fix, RejectedItem } from '../../../shared/model/position.ts';
import type { Principal } from '../../../shared/role.ts';

export const nowMs = Date.parse('2026-11-22T16:40:00Z');

export function principal(own: Partial<Principal> = {}): Principal {
  return { id: 't-1', role: 'feed', name: 'feed', units: [], sectors: [], ...own };
}

/**
 * Knows the tokens `feed` (unbound), `bound` (unit lrp-4), `two` (two units), and the door key `key` (lrp-4).
 */
export function fakeIdentity(): Identity {
  const known: Readonly<Record<string, Principal>> = {
    feed: principal(),
    bound: principal({ units: ['lrp-4'] }),
    two: principal({ units: ['a', 'b'] }),
  };
  const open = (secret: string, book: Readonly<Record<string, Principal>>): Promise<Principal> => {
    const found = book[secret];
    return found
      ? Promise.resolve(found)
      : Promise.reject(new Failure('not-signed-in', 'the token is wrong'));
  };
  return {
    byToken: (token) => open(token, known),
    beginSession: () => Promise.reject(new Error('not asked here')),
    byDoorKey: (key) => open(key, { ...known, key: principal({ id: 't-door', units: ['lrp-4'] }) }),
    atPhoneDoor: (token) => open(token, { ...known, key: principal({ id: 't-door', units: ['lrp-4'] }) }),
    bySession: (secret) => open(secret, {}),
    byLink: (code) => open(code, {}),
    nameOf: () => Promise.resolve(undefined),
    sessions: {
      begin: () => Promise.reject(new Error('not asked here')),
      open: () => Promise.resolve(undefined),
      end: () => Promise.resolve(),
    },
  };
}

export interface FakeDoor extends PositionsDoor {
  readonly fixes: Fix[];
  readonly rejected: RejectedItem[];
  /** Thrown by every `take` while it is set. */
  failure: Failure | undefined;
}

/** A door that judges items as the real one does and keeps what it took. */
export function fakeDoor(): FakeDoor {
  const door: FakeDoor = {
    fixes: [],
    rejected: [],
    failure: undefined,
    take({ id }, candidates) {
      if (door.failure) return Promise.reject(door.failure);
      const judged = candidates.map((candidate) => judge(candidate, id));
      const rejected = judged.flatMap((verdict, index) => ('code' in verdict ? [{ index, ...verdict }] : []));
      const fixes = judged.flatMap((verdict) => ('code' in verdict ? [] : [verdict]));
      door.fixes.push(...fixes);
      door.rejected.push(...rejected);
      return Promise.resolve({ accepted: fixes.length, duplicates: 0, rejected });
    },
  };
  return door;
}

export function judge(
  { item, device, refusal }: PositionCandidate,
  by = 't-1',
): ReturnType<typeof parsePosition> {
  return refusal ?? parsePosition(item, device ?? by, nowMs);
}

/** Serves a router on a free port, with the errors of the real app, until the test ends. */
export async function serve(router: Router): Promise<string> {
  const app = express()
    .use(router)
    .use(errorHandler(createLogger('silent')));
  const server = app.listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // listening on TCP
}
