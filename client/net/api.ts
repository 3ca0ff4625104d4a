import type { FailureBody, FailureCode } from '../../shared/failure.ts';

/** Why a call came to nothing: a code of the server's table, or that no server answered at all. */
export interface CallFailure {
  readonly code: FailureCode | 'unreachable';
  readonly message: string;
  readonly field?: string;
  readonly details?: Record<string, unknown>;
}
export type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: CallFailure };

/** A call that takes longer than this is reported as unreachable: a button must not hang at 03:00. */
const timeoutMs = 15_000;

/**
 * One JSON call to our own origin, with the session cookie. Never throws: what went wrong is the value, so that
 * the panel that asked can show it where the user acted.
 */
export async function request<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (cause) {
    return failed('unreachable', cause instanceof Error ? cause.message : String(cause));
  }
  return readAnswer<T>(response);
}

async function readAnswer<T>(response: Response): Promise<Answer<T>> {
  const text = await response.text().catch(() => '');
  const body = parseJson(text);
  // A line that broke in the middle of an answer has brought none.
  if (response.ok && body === undefined && response.status !== 204)
    return failed('unreachable', 'the answer did not come whole');
  // Our own server's answer: its shape is the contract's, checked there.
  if (response.ok) return { ok: true, value: body as T };
  if (isFailureBody(body)) return { ok: false, error: body.error };
  return failed(response.status === 401 ? 'not-signed-in' : 'internal', `HTTP ${response.status}`);
}

export function failed(code: CallFailure['code'], message: string): { ok: false; error: CallFailure } {
  return { ok: false, error: { code, message } };
}

function parseJson(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a body that came from outside has the shape of a refusal. */
export function isFailureBody(body: unknown): body is FailureBody {
  if (typeof body !== 'object' || body === null || !('error' in body)) return false;
  const { error } = body;
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string';
}
