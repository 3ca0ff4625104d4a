import { isDeepStrictEqual } from 'node:util';

/** Whether two bodies say the same: absent, undefined and null fields are one and the same thing. */
export function sameContent(a: object, b: object): boolean {
  return isDeepStrictEqual(withoutAbsent(a), withoutAbsent(b));
}

function withoutAbsent(value: object): Record<string, unknown> {
  const present = Object.entries(value).filter(([, field]) => field !== undefined && field !== null);
  return JSON.parse(JSON.stringify(Object.fromEntries(present))) as Record<string, unknown>; // plain JSON in, plain JSON out
}
