import type { Step } from '../../shared/model/alert-steps.ts';
import type { AlertIn, AlertOut } from '../../shared/model/alert.ts';
import type { Answer, CallFailure } from '../net/api.ts';

/** Panels know failures through the store; how calls are made stays behind it. */
export type { CallFailure };
export type Request = <T>(method: string, path: string, body?: unknown) => Promise<Answer<T>>;

/**
 * What an operator does, as calls. An action never changes the picture: what came of it arrives as a patch, on this
 * screen and on every other in the same order.
 */
export class Actions {
  readonly #request: Request;

  constructor(request: Request) {
    this.#request = request;
  }

  /** Raises an alert. The caller makes `id` once a form, so that pressing again after a lost answer changes nothing. */
  raise(alert: AlertIn): Promise<Answer<AlertOut>> {
    return this.#request('POST', '/api/alerts', alert);
  }

  /** Ends the session of this browser; the cookie is the server's to clear. */
  signOut(): Promise<Answer<unknown>> {
    return this.#request('DELETE', '/api/session');
  }

  step(alertId: string, step: Step, body: unknown = {}): Promise<Answer<AlertOut>> {
    return this.#request('POST', `/api/alerts/${encodeURIComponent(alertId)}/${step}`, body);
  }
}

/** A new id for something this browser makes. */
export function newId(): string {
  // Only a secure context has randomUUID; a console on plain http inside a LAN still needs ids.
  if ('randomUUID' in crypto) return crypto.randomUUID();
  const bytes = (crypto as Crypto).getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
