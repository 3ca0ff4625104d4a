import type { DialectName } from '../load/dialect.ts';

/** Where a load process finds a server, and how it talks to it. Goes over a channel of messages: plain values only. */
export interface Address {
  readonly dialect: DialectName;
  readonly port: number;
  /** Where packed fixes come in, for peers that have a door of their own for them. */
  readonly feedPort?: number;
  readonly feedToken?: string;
  readonly watchToken?: string;
  /** Box that viewers look at; without it the whole picture. Only our own peer knows views. */
  readonly view?: readonly [west: number, south: number, east: number, north: number];
}

/** A server that has been started for measuring. */
export interface RunningPeer {
  readonly pid: number;
  readonly address: Address;
  /** Stops it without closing a connection, so that it costs nothing while another has its turn. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

/**
 * One of those that are compared. To add one: a server under peers/ that takes packed fixes at `listenForFeed`, a
 * dialect under load/ that says how its viewers talk, and a line in peers/peers.ts.
 */
export interface Peer {
  readonly name: string;
  /** More deliveries a second than this it is not asked for: it would only fall behind. */
  readonly deliveriesAtMost?: number;
  start(): Promise<RunningPeer>;
}
