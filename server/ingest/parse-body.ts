import type { z } from 'zod';
import { Failure, type FailureCode } from '../../shared/failure.ts';

/** Parses what came in from outside by its schema, once. Refuses with the first field that is wrong. */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Failure('bad-body', 'the body must be a JSON object');
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  const missing = issue !== undefined && issue.path.length > 0 && valueAt(body, issue.path) === undefined;
  const code: FailureCode = missing
    ? 'field-missing'
    : issue?.code === 'too_small' || issue?.code === 'too_big'
      ? 'field-out-of-range'
      : 'field-invalid';
  const message = missing
    ? `${field} is missing`
    : `${field || 'the body'}: ${issue?.message ?? 'is not valid'}`;
  throw new Failure(code, message, { field });
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    body,
  );
}
