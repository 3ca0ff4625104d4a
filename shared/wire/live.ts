import type { CrisisBanner } from '../model/crisis.ts';
import type { FailureBody } from '../failure.ts';
import type { PositionsAnswer } from '../model/position.ts';
import type { PatchOut, PictureOut, VisibleIds } from '../picture/picture.ts';

/**
 * The live wire for other programs: Socket.IO, path `/socket.io`, `auth: {token}` or the browser's session cookie.
 * Rules with numbers are in PROTOCOL.md beside this file, where every version has its line.
 */
export const protocolVersion = 2;

export type SubscribeAnswer =
  | { readonly cursor: string; readonly picture: PictureOut; readonly you: ViewerNote }
  | { readonly cursor: string; readonly patch: PatchOut; readonly ids: VisibleIds; readonly you: ViewerNote }
  | FailureBody;

/** What a viewer is told about itself and the server it talks to. */
export interface ViewerNote {
  readonly role: string;
  readonly name: string;
  readonly protocolVersion: number;
  readonly serverTime: string;
}

/** State of the service, sent on connect and on every change; `reason` is a sentence for operators. */
/** Sources that bring the positions of several units each, as a gateway does. */
export interface FeedState {
  /** How many of them were heard in the last minutes, of how many that brought anything within a day. */
  readonly heard: number;
  readonly all: number;
  /** Those that are silent longest: what an operator calls them, whose units stand still for that reason. */
  readonly silent: ReadonlyArray<{
    readonly name?: string;
    readonly units: number;
    /** When it was last heard; ISO 8601. */
    readonly since: string;
  }>;
}

export interface ServiceStatus {
  readonly mode: 'live' | 'exercise';
  readonly mission: string;
  readonly record: 'redis' | 'embedded';
  readonly writable: boolean;
  readonly durability: 'always' | 'everysec' | 'none';
  readonly reason?: string;
  /** The clocks of this server and of the record are so far apart, seconds: ages cannot be relied on. */
  readonly clockApartS?: number;
  /** The key of the source store is not there, or not the one: callers stay unknown, what they said is not read here. */
  readonly sourceKey?: 'missing' | 'wrong';
  /** Which pages this server hands out; a page of another build is an old one. */
  readonly build?: string;
  /** A crisis is on: its name and since when, for the banner of every screen. */
  readonly crisis?: CrisisBanner;
  readonly feeds?: FeedState;
}

export interface ServerEvents {
  patch: (patch: PatchOut) => void;
  status: (status: ServiceStatus) => void;
  /** This viewer cannot keep up: what it shows is at least this old. Sent when it begins. */
  behind: (note: { readonly sinceAt: string }) => void;
  /** The session ends; the reason is a failure code. */
  goodbye: (body: FailureBody) => void;
}

export interface ClientEvents {
  subscribe: (request: unknown, answer: (reply: SubscribeAnswer) => void) => void;
  unsubscribe: (answer?: () => void) => void;
  positions: (body: unknown, answer: (reply: PositionsAnswer | FailureBody) => void) => void;
}

/** The heartbeat goes through the whole house this often; a picture without one for `staleAfterMs` is stale. */
export const heartbeatEveryMs = 1_000;
export const pictureStaleAfterMs = 3_500;
