/**
 * The record: one ordered, append-only, durable sequence of entries for one mission. Read this first.
 *
 * What every implementation promises (the contract suite in tests/contract holds each of them to it):
 * 1. **Order.** Every entry gets a sequence number `seq` from one counter shared by both streams; numbers only grow,
 *    gaps are allowed. Every reader sees the entries in the order of `seq`, over both streams, with none passed over.
 * 2. **Acknowledged means durable.** `append` answers only after the entry is as durable as `status().durability`
 *    says. When it cannot be made durable `append` rejects with Failure `record-unavailable`; the entry may or may
 *    not exist then, so callers make retries idempotent.
 * 3. **Record time.** `atMs` is given by the record, not the caller, and never goes back from one seq to the next.
 * 4. **Epoch.** A record that was replaced by another one, or that went back in time (lost acknowledged entries),
 *    has another `epoch`. The tail calls `onEpoch` then, and continues from the beginning of what is there.
 * 5. **Nothing is trimmed.** Bodies are bytes; the record does not know what an alert is.
 * 6. **One mode.** A record made in one mode (live or exercise) refuses to be opened in the other.
 * 7. **Format.** A folder or prefix carries the number of its format; older ones open in newer versions.
 * 8. **Leases.** Of everyone who asks for a lease, over all servers, one at a time holds it, until it was released or
 *    has not been renewed for as long as it was asked for by the record's own clock, whatever the servers' clocks do.
 *    Every taking, not a renewal, gets a `fence` that is larger than those before in this epoch.
 */
export interface RecordRoom {
  readonly kind: 'embedded' | 'redis';
  /** Random id of this record's life; with a seq it makes a cursor. Changes only through the tail's `onEpoch`. */
  readonly epoch: string;
  append(stream: StreamName, body: Uint8Array): Promise<Stamp>;
  /** Entries with `seq > afterSeq` in order of seq, up to the last one at the time of the call. */
  read(afterSeq: number): AsyncIterable<RecordEntry>;
  /** The last seq given out, 0 for an empty record. */
  lastSeq(): Promise<number>;
  /**
   * Follows the record from `afterSeq` on, entries in order, in batches as they come. Reconnects by itself.
   * One tail per record instance. Resolves once the listener is attached; `stop` resolves when no call is left.
   */
  tail(afterSeq: number, listener: TailListener): Promise<{ stop(): Promise<void> }>;
  status(): RecordStatus;
  /** Called on every change of `status()`. */
  onStatus(listener: (status: RecordStatus) => void): void;
  /** Small durable things beside the record: tokens, secrets, snapshots. */
  readonly shelf: Shelf;
  /** Who of several servers does what only one may do. */
  readonly leases: Leases;
  close(): Promise<void>;
}

export type StreamName = 'positions' | 'events';
export type Mode = 'live' | 'exercise';
export type Durability = 'always' | 'everysec' | 'none';

export interface Stamp {
  readonly seq: number;
  readonly atMs: number;
}

export interface RecordEntry extends Stamp {
  readonly stream: StreamName;
  readonly body: Uint8Array;
}

export interface TailListener {
  onEntries(entries: readonly RecordEntry[]): void;
  /** The record is another one now; entries start again at its first. */
  onEpoch(epoch: string): void;
}

export interface RecordStatus {
  /** False while nothing can be made durable; `reason` says why in one sentence. */
  readonly writable: boolean;
  readonly reason?: string;
  readonly durability: Durability;
}

/** A durable map from short keys to bytes. `put` answers after the bytes are as durable as an entry would be. */
export interface Shelf {
  get(key: string): Promise<Uint8Array | undefined>;
  put(key: string, value: Uint8Array): Promise<void>;
  /** Stores only where the key is free; answers whether it did. Atomic between servers. */
  putNew(key: string, value: Uint8Array): Promise<boolean>;
  delete(key: string): Promise<void>;
  /** All keys that begin with `prefix`, with their values. */
  list(prefix: string): Promise<ReadonlyArray<readonly [string, Uint8Array]>>;
}

export interface Leases {
  /**
   * Takes the lease if it is free, renews it if `holder` has it, for `forMs` from some moment during this call on. So
   * a holder that counts from the moment before its call never believes longer than the record does. Rejects with
   * Failure `record-unavailable`; whether the lease was taken is not known then.
   */
  hold(name: string, holder: string, forMs: number): Promise<Held>;
  /** Gives the lease back if `holder` has it. */
  release(name: string, holder: string): Promise<void>;
}

export type Held =
  | { readonly held: true; readonly fence: number }
  /** Another has it: for `leftMs`, unless it renews or releases it. */
  | { readonly held: false; readonly leftMs: number };

/** The format number that new records carry. Raise it with a migration and a test in tests/contract. */
export const recordFormat = 1;
