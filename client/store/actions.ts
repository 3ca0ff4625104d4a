import type { Step } from '../../shared/model/alert-steps.ts';
import type { AlertIn, AlertOut, AlertPatch } from '../../shared/model/alert.ts';
import type { FeedbackTemplate } from '../../shared/model/feedback-lists.ts';
import type { ResponderOut } from '../../shared/model/responder.ts';
import type { ThreatIn, ThreatOut } from '../../shared/model/threat.ts';
import type { SearchAnswer } from '../../shared/model/search.ts';
import type { SignalIn } from '../../shared/model/source.ts';
import type { WallCallBody } from '../../shared/model/wall-call.ts';
import type { SilentVillagesOut, VillageOut } from '../../shared/model/village.ts';
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

  /** Brings a bell, whistle or flare; with a second direction from elsewhere the alert of the first is placed. */
  reportSignal(signal: SignalIn): Promise<Answer<Pick<AlertOut, 'id'>>> {
    return this.#request('POST', '/api/signals', signal);
  }

  /** Raises a threat; `id` is made once a form, as for an alert. */
  raiseThreat(threat: ThreatIn): Promise<Answer<ThreatOut>> {
    return this.#request('POST', '/api/threats', threat);
  }

  /** Places and units by name, the nearer to `near` the better; none for an empty name. */
  search(name: string, limit: number, near?: { lon: number; lat: number }): Promise<Answer<SearchAnswer>> {
    const query = new URLSearchParams({ q: name, limit: String(limit) });
    if (near) query.set('near', `${near.lon.toFixed(4)},${near.lat.toFixed(4)}`);
    return this.#request('GET', `/api/search?${query}`);
  }

  /** Names of the walls on a line of the server that this page follows. */
  walls(): Promise<Answer<{ readonly walls: readonly string[] }>> {
    return this.#request('GET', '/api/walls');
  }

  /** Asks walls to load anew, or to show another layout. */
  callWalls(call: WallCallBody): Promise<Answer<WallCallBody>> {
    return this.#request('POST', '/api/walls/reload', call);
  }

  /** Ends the session of this browser; the cookie is the server's to clear. */
  signOut(): Promise<Answer<unknown>> {
    return this.#request('DELETE', '/api/session');
  }

  /** Says that the call to this operator's level has arrived. */
  answerEscalation(alertId: string, escalation: string): Promise<Answer<AlertOut>> {
    const path = `/api/alerts/${encodeURIComponent(alertId)}/escalations/answer`;
    return this.#request('POST', path, { escalation });
  }

  /** Tells the caller in neutral words; refused where it is not safe. */
  tellCaller(alertId: string, template: FeedbackTemplate): Promise<Answer<AlertOut>> {
    return this.#request('POST', `/api/alerts/${encodeURIComponent(alertId)}/feedback`, { template });
  }

  /** Erases for ever what the caller said. */
  eraseText(alertId: string, reason: string): Promise<Answer<unknown>> {
    return this.#request('POST', `/api/alerts/${encodeURIComponent(alertId)}/erase-text`, { reason });
  }

  /** Who could go, best first; refused where the caller may not ask, or nobody knows where the alert is. */
  responders(alertId: string): Promise<Answer<readonly ResponderOut[]>> {
    return this.#request('GET', `/api/alerts/${encodeURIComponent(alertId)}/responders`);
  }

  /** Tells units to be ready; nobody is sent yet. */
  prewarn(alertId: string, units: readonly string[]): Promise<Answer<AlertOut>> {
    return this.#request('POST', `/api/alerts/${encodeURIComponent(alertId)}/prewarn`, { units });
  }

  /** A unit need not be ready any more. */
  endPrewarning(alertId: string, unit: string): Promise<Answer<AlertOut>> {
    return this.#request('POST', `/api/alerts/${encodeURIComponent(alertId)}/prewarn/end`, { unit });
  }

  /** How a village is reached, and when it was last heard of. */
  village(id: string): Promise<Answer<VillageOut>> {
    return this.#request('GET', `/api/villages/${encodeURIComponent(id)}`);
  }

  /** Villages that are expected to be heard of, and are not. */
  silentVillages(): Promise<Answer<SilentVillagesOut>> {
    return this.#request('GET', '/api/silent-villages');
  }

  /** Corrects what was reported; the state of an alert moves by steps only. */
  correct(alertId: string, patch: AlertPatch): Promise<Answer<AlertOut>> {
    return this.#request('PATCH', `/api/alerts/${encodeURIComponent(alertId)}`, patch);
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
