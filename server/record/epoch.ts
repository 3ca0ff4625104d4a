import { randomBytes } from 'node:crypto';

/** The random id of a record's life; without a dot, so that `epoch.seq` can be taken apart again. */
export function newEpoch(): string {
  return randomBytes(9).toString('base64url');
}
