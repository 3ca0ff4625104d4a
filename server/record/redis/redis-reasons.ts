import { messageOf } from '../unavailable.ts';

/** Thrown by our own waiting, when Redis keeps the connection but does not answer. */
export class NoAnswer extends Error {
  constructor() {
    super('no answer');
  }
}

const reasons: ReadonlyArray<readonly [RegExp, string]> = [
  [/^OOM|OOM command not allowed|used memory > 'maxmemory'/, 'is out of memory (maxmemory is reached)'],
  [/READONLY/, 'is a read-only replica'],
  [/^MISCONF|MISCONF/, 'cannot write to its own disk'],
  [/NOREPLICAS/, 'has too few replicas in reach to take writes'],
  [/^NFNOTEMPTY/, 'holds a record already'],
  [/LOADING/, 'is still loading its data'],
  [/MASTERDOWN/, 'is a replica that has lost its master'],
  [/CLUSTERDOWN|Failed to refresh slots/, 'is a cluster that does not serve all slots'],
  [/WRONGPASS|NOAUTH|AUTH failed|invalid password|invalid username/i, 'refuses the user or password'],
  [/NOPERM|no permissions/i, 'does not permit this user a command that Nightflash needs'],
  [/BUSY/, 'is busy with a script of someone else'],
  [/^NFEPOCH|^NFBEHIND/, 'holds another state of the record than a moment ago; it is being read again'],
];

/**
 * One sentence (without full stop) on why Redis does not do what we need. Made only from known texts and system
 * error codes, so that no argument of a command, such as a password, gets into messages or logs.
 */
export function reasonOf(cause: unknown, shown: string): string {
  if (cause instanceof NoAnswer) return `Redis at ${shown} does not answer`;
  const message = innermostMessage(cause);
  for (const [pattern, reason] of reasons) {
    if (pattern.test(message)) return `Redis at ${shown} ${reason}`;
  }
  const code = /\b(E[A-Z]{3,}|CERT_[A-Z_]+|[A-Z_]*SELF_SIGNED[A-Z_]*)\b/.exec(message)?.[1];
  return `Redis at ${shown} cannot be reached${code === undefined ? '' : ` (${code})`}`;
}

/** True when trying again cannot help: the credentials are wrong. */
export function isFinal(cause: unknown): boolean {
  return /WRONGPASS|NOAUTH|invalid password|invalid username/i.test(innermostMessage(cause));
}

/** A cluster's error is only "all failed"; the error of its last node says why. */
function innermostMessage(cause: unknown): string {
  if (cause instanceof Error && 'lastNodeError' in cause && cause.lastNodeError instanceof Error)
    return messageOf(cause.lastNodeError);
  if (cause instanceof AggregateError && cause.errors.length > 0) return messageOf(cause.errors[0]);
  return cause instanceof Error && 'code' in cause
    ? `${String(cause.code)} ${cause.message}`
    : messageOf(cause);
}
