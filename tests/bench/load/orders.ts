import type { Address } from '../peers/peer.ts';

/** What a run asks of a load process, and what it is answered. */
export type Order =
  | { readonly do: 'open'; readonly address: Address; readonly pid: number; readonly viewers: number }
  | { readonly do: 'load'; readonly load: Load }
  | { readonly do: 'viewers'; readonly viewers: number };

/** One turn: units that each send once a second. */
export interface Load {
  readonly units: number;
  /** So many of them, the first, are within the small ground that views look at; the others far from it. */
  readonly unitsInView?: number;
  readonly warmS: number;
  readonly measureS: number;
}

export interface Measured {
  readonly units: number;
  readonly viewers: number;
  readonly seconds: number;
  /** CPU seconds that the server's process used. */
  readonly serverCpuS: number;
  readonly rssMb: number;
  readonly fixesPerViewer: number;
  readonly bytesPerViewer: number;
  readonly leastBytes: number;
  readonly messagesPerViewer: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Units whose latest fix some judge did not get within two seconds of the end. */
  readonly missing: number;
  readonly lostViewers: number;
  /** Fixes that the server had not taken when the turn ended. */
  readonly waiting: number;
  /** Share of one core that the load process itself used: near 1 it is the limit, not the server. */
  readonly loadShare: number;
  /** The longest that the load process itself was late with feeding: a busy machine, not a slow server. */
  readonly loadLateMs: number;
  readonly refusals: readonly string[];
}

export type Answer =
  { readonly ok: true; readonly measured?: Measured } | { readonly ok: false; readonly why: string };
