import type { Role } from '../../shared/role.ts';
import type { Sector } from '../../shared/model/mission.ts';
import type { Preferences } from '../../shared/model/preferences.ts';
import { failed, request, type Answer } from './api.ts';

/** What the server tells a signed-in browser about itself: `GET /api/session`. */
export interface SessionInfo {
  /** What the preferences are kept under. */
  readonly account: string;
  readonly role: Role;
  readonly name: string;
  readonly units: readonly string[];
  readonly sectors: readonly string[];
  readonly mode: 'live' | 'exercise';
  readonly mission: {
    readonly name: string;
    readonly timezoneLetters: readonly string[];
    readonly languages: readonly string[];
    readonly sectors: readonly Sector[];
  };
  readonly packs?: readonly string[];
  readonly preferences: Preferences;
  /** `[west, south, east, north]` that holds everything the mission knows; where the map opens. */
  readonly bounds?: readonly [number, number, number, number];
}

export function readSession(): Promise<Answer<SessionInfo>> {
  return request<SessionInfo>('GET', '/api/session');
}

/** Signs in with a token, or with the single-use code of a link; the server sets the cookie. */
export function signIn(secret: { token: string } | { code: string }): Promise<Answer<SessionInfo>> {
  return request<SessionInfo>('POST', '/api/session', secret);
}

/** The service's health; also readable when nobody is signed in (the sign-in page shows the mode from it). */
export interface Health {
  readonly status: string;
  readonly mode?: 'live' | 'exercise';
  readonly record?: string;
  readonly durability?: string;
  readonly lagMs?: number;
  readonly reason?: string;
}

/** Reads `GET /health`. A 503 is an answer too: its body says why the service cannot serve. */
export async function readHealth(): Promise<Answer<Health>> {
  try {
    const response = await fetch('/health', { headers: { accept: 'application/json' } });
    // The body is our own server's; a proxy's error page does not parse and is caught.
    const body = (await response.json()) as Health;
    return { ok: true, value: body };
  } catch {
    return failed('unreachable', '/health cannot be reached');
  }
}
