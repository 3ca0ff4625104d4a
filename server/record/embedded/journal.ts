import type { RecordEntry, RecordStatus, Stamp, StreamName } from '../record.ts';
import { callListener } from '../call-listener.ts';
import { messageOf, unavailable } from '../unavailable.ts';
import { GroupCommit } from './group-commit.ts';
import {
  decodeEntry,
  encodeStamp,
  entryKey,
  metaKey,
  newEntryValue,
  stampEntryValue,
} from './level-layout.ts';
import type { LevelOp, LevelStore } from './level-store.ts';

interface Append {
  readonly stream: StreamName;
  readonly value: Buffer;
  stamp: Stamp | undefined;
}
type Item = Append | readonly LevelOp[];

export interface JournalListener {
  committed(entries: readonly RecordEntry[]): void;
  interrupted(): void;
}

const probeEveryMs = 1000;

/**
 * Everything that is written to the embedded record passes here: it numbers and stamps entries, commits in
 * groups, and says whether writing works. After a failed write no number of its batch is given out again.
 */
export class Journal {
  readonly #store: Pick<LevelStore, 'write'>;
  readonly #nowMs: () => number;
  readonly #listener: JournalListener;
  readonly #statusListeners: ((status: RecordStatus) => void)[] = [];
  readonly #group = new GroupCommit<Item>((items) => this.#write(items));
  #durable: Stamp;
  #given: Stamp;
  #status: RecordStatus = { writable: true, durability: 'always' };
  #probe: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(store: Pick<LevelStore, 'write'>, last: Stamp, nowMs: () => number, listener: JournalListener) {
    this.#store = store;
    this.#nowMs = nowMs;
    this.#listener = listener;
    this.#durable = last;
    this.#given = last;
  }

  /** Stamp of the last entry that is on disk. */
  get durable(): Stamp {
    return this.#durable;
  }

  get status(): RecordStatus {
    return this.#status;
  }

  onStatus(listener: (status: RecordStatus) => void): void {
    this.#statusListeners.push(listener);
  }

  async append(stream: StreamName, body: Uint8Array): Promise<Stamp> {
    const item: Append = { stream, value: newEntryValue(stream, body), stamp: undefined };
    await this.#add(item, item.value.length);
    return item.stamp ?? this.#durable;
  }

  /** Puts other things of the record on disk, in order with the entries. */
  async write(ops: readonly LevelOp[]): Promise<void> {
    await this.#add(
      ops,
      ops.reduce((sum, op) => sum + (op.type === 'put' ? op.value.length : 0), 0),
    );
  }

  /** After a restore: numbers and times go on from here. */
  continueFrom(last: Stamp): void {
    this.#durable = last;
    this.#given = last;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#probe);
    await this.#group.idle();
  }

  async #add(item: Item, bytes: number): Promise<void> {
    if (this.#closed) throw unavailable('The record is closed');
    await this.#group.add(item, bytes);
  }

  async #write(items: readonly Item[]): Promise<void> {
    const { ops, entries, last } = this.#prepare(items);
    try {
      await this.#store.write(ops);
    } catch (cause) {
      this.#listener.interrupted();
      this.#startProbing();
      throw unavailable(this.#setUnwritable(cause), cause);
    }
    this.#durable = last;
    this.#setStatus({ writable: true, durability: 'always' });
    this.#listener.committed(entries);
  }

  #prepare(items: readonly Item[]): { ops: LevelOp[]; entries: RecordEntry[]; last: Stamp } {
    const ops: LevelOp[] = [];
    const entries: RecordEntry[] = [];
    for (const item of items) {
      if ('stream' in item) ops.push(this.#stamp(item, entries));
      else ops.push(...item);
    }
    if (entries.length > 0 || ops.length === 0)
      ops.push({ type: 'put', key: metaKey('last'), value: encodeStamp(this.#given) });
    return { ops, entries, last: entries.length > 0 ? this.#given : this.#durable };
  }

  #stamp(item: Append, entries: RecordEntry[]): LevelOp {
    const seq = this.#given.seq + 1;
    const atMs = Math.max(this.#given.atMs, Math.floor(this.#nowMs()));
    this.#given = item.stamp = { seq, atMs };
    stampEntryValue(item.value, atMs);
    const key = entryKey(seq);
    const entry = decodeEntry(key, item.value);
    if (entry !== undefined) entries.push(entry);
    return { type: 'put', key, value: item.value };
  }

  #setUnwritable(cause: unknown): string {
    const reason = reasonOf(cause);
    this.#setStatus({ writable: false, reason, durability: 'always' });
    return reason;
  }

  #setStatus(status: RecordStatus): void {
    if (status.writable === this.#status.writable && status.reason === this.#status.reason) return;
    this.#status = status;
    for (const listener of this.#statusListeners) callListener(() => listener(status));
  }

  #startProbing(): void {
    if (this.#closed) return;
    clearTimeout(this.#probe);
    this.#probe = setTimeout(() => this.write([]).catch(() => undefined), probeEveryMs);
    this.#probe.unref();
  }
}

function reasonOf(cause: unknown): string {
  const message = messageOf(cause);
  if (/no space|ENOSPC|EDQUOT|quota/i.test(message)) return 'The disk of the data folder is full';
  return `The data folder cannot be written (${message.replace(/^IO error: /, '')})`;
}
