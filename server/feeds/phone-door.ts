import type { Request, Response } from 'express';
import { Failure } from '../../shared/failure.ts';
import type { PositionsAnswer } from '../../shared/model/position.ts';
import type { Principal } from '../../shared/role.ts';
import { bearerToken } from '../identity/credentials.ts';
import type { Identity } from '../identity/identity.ts';
import { bodyText, bytesUpTo } from '../web/bodies.ts';
import { toFailure } from '../web/errors.ts';

/** A phone's report is a few hundred bytes; this leaves room for a queue of them. */
const readBytes = bytesUpTo(1_000_000);

/** Counts what never reaches the positions door, by verdict from a closed list: they become metric labels. */
export type Count = (verdict: string) => void;

/**
 * Runs the work on a report of a known sender; answers the failure where it can never become right. Phones
 * keep a report and send it again until they are answered 2xx, and everything behind it waits: a report that
 * will be refused for ever would cut the unit off for good. So such a one is counted and answered as taken.
 * What does become right by itself or by an operator (record unavailable, too many requests, a token without
 * the role) is thrown on, so that the phone keeps its report and nothing is lost.
 */
export async function onceAndForAll<T>(count: Count, work: () => Promise<T>): Promise<T | Failure> {
  try {
    return await work();
  } catch (reason) {
    const failure = toFailure(reason);
    if (mayBecomeRight(failure)) throw reason;
    count(failure.code);
    return failure;
  }
}

function mayBecomeRight({ code, status }: Failure): boolean {
  return status === 503 || status === 429 || code === 'not-signed-in' || code === 'role-not-allowed';
}

/** By the key in the address where there is one, else by bearer token or the password of HTTP basic. */
export function senderOf(identity: Identity, request: Request): Promise<Principal> {
  const key: unknown = request.params['key'];
  if (typeof key === 'string') return identity.byDoorKey(key);
  const token = bearerToken(request.headers.authorization);
  if (token !== undefined) return identity.atPhoneDoor(token);
  throw new Failure('not-signed-in', 'send a token, as bearer or as the password of HTTP basic');
}

/** The user of HTTP basic, where one is given. */
export function basicUser(authorization: string | undefined): string | undefined {
  const [, value] = /^basic +(\S+)$/i.exec(authorization ?? '') ?? [];
  const user = Buffer.from(value ?? '', 'base64')
    .toString('utf8')
    .split(':')[0];
  return user === '' ? undefined : user;
}

/**
 * Reads the body here and not before the route, so that a bad body falls under the rule of `onceAndForAll`.
 */
export async function readText(request: Request, response: Response): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    readBytes(request, response, (reason?: unknown) =>
      reason === undefined ? resolve() : reject(reason as Error),
    );
  });
  return bodyText(request);
}

/** The answer that lists one failure of a whole report as its only item. */
export function refusedWhole({ code, field, message }: Failure): PositionsAnswer {
  return { accepted: 0, duplicates: 0, rejected: [{ index: 0, code, field: field ?? '', message }] };
}
