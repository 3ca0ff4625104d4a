import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A random text of 256 bits: long enough that a plain hash of it cannot be searched. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a secret. Secrets are random and long, so one round of SHA-256 is enough (no password here). */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

export function sameHash(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
