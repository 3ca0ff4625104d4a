import type { Step } from '../../shared/model/alert-steps.ts';
import type { AlertIn, AlertOut } from '../../shared/model/alert.ts';
import type { Answer } from '../net/api.ts';

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
