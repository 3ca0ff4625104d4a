import type { FailureBody } from '../failure.ts';
import type { PositionsAnswer } from '../model/position.ts';
import type { WallCall } from '../model/wall-call.ts';
import type { Things, ThingKind } from '../picture/picture.ts';
import type { ServiceStatus, ViewerNote } from './live.ts';

/**
 * The packed wire between our own pages and the server: Socket.IO on path `/wire` with the parser of wire-parser.ts.
 * Units travel in the blocks of frames (frame.ts, block.ts, move.ts), everything else as the JSON news of a frame.
 * Rules with numbers are in PROTOCOL.md beside this file.
 */
export const wirePath = '/wire';

/** What a viewer wants to see. Without a box: the whole picture at full rate. */
export interface ViewRequest {
  readonly bbox?: readonly [west: number, south: number, east: number, north: number] | null | undefined;
  /** Zoom of the map (512 px tiles); tells when single units would be a smear. */
  readonly zoom?: number | null | undefined;
  /** The page is not to be seen: no units until the next view. */
  readonly hidden?: boolean | undefined;
  /** On a poor line: the whole picture once a second, and counts where others still get single units. */
  readonly slow?: boolean | undefined;
}

export type ViewMode = 'whole' | 'cells' | 'hexagons' | 'hidden';

/** Which cells a viewer has from this frame on; what it holds of others is to be dropped. */
export interface ViewNote {
  readonly mode: ViewMode;
  readonly cells: readonly number[];
}

type OtherKind = Exclude<ThingKind, 'units'>;
export type OtherThings = { readonly [K in OtherKind]: readonly Things[K][] };

export interface ThingsPatch extends OtherThings {
  readonly removed: ReadonlyArray<{ readonly kind: OtherKind; readonly id: string }>;
}

/** Counted units of one H3 cell: index, how many, and how many of them stale or lost. */
export type HexagonRow = readonly [h3: string, count: number, old: number];

export interface Totals {
  readonly units: number;
  /** Stale or lost among them. */
  readonly old: number;
}

/** The JSON part of a frame. */
export interface FrameNews {
  /** First frame after a subscription: the record's epoch, and whether `things` is everything. */
  readonly begin?: { readonly epoch: string; readonly fresh: boolean };
  readonly things?: ThingsPatch;
  /** After a resume or a stall: all that is visible now; the rest is to be dropped. Places never vanish. */
  readonly ids?: { readonly [K in Exclude<OtherKind, 'places'>]: readonly string[] };
  readonly view?: ViewNote;
  readonly hexagons?: readonly HexagonRow[];
  readonly totals?: Totals;
  readonly restrictedOpen?: number | null;
  /** Seconds this viewer was behind: it took nothing, and values in between were passed over. */
  readonly behindS?: number;
}

export interface WireSubscribe extends ViewRequest {
  /** Cursor held, `epoch.seq`. */
  readonly since?: string | null;
}

export type WireAnswer = { readonly you: ViewerNote } | FailureBody;

export interface WireServerEvents {
  frame: (bytes: Uint8Array) => void;
  status: (status: ServiceStatus) => void;
  goodbye: (body: FailureBody) => void;
  /** Walls are asked to load anew; pages that are no walls pass it over. */
  reload: (call: WallCall) => void;
}

export interface WireClientEvents {
  subscribe: (request: unknown, answer: (reply: WireAnswer) => void) => void;
  view: (request: unknown) => void;
  /** Something in these cells could not be read: send them whole. */
  mend: (cells: unknown) => void;
  /** Packed fixes, see shared/model/packed-fixes.ts. */
  fixes: (bytes: unknown, answer: (reply: PositionsAnswer | FailureBody) => void) => void;
}
