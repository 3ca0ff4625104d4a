import type { CopyableRecord, RecordImport } from './copying.ts';
import { EmbeddedLeases } from './embedded/embedded-leases.ts';
import { EmbeddedShelf } from './embedded/embedded-shelf.ts';
import { EmbeddedTail, type EntryPage } from './embedded/embedded-tail.ts';
import { Journal } from './embedded/journal.ts';
import {
  decodeEntry,
  encodeEntry,
  encodeStamp,
  entryKey,
  metaKey,
  seqOfKey,
  shelfKey,
} from './embedded/level-layout.ts';
import { openFolder, type OpenedFolder } from './embedded/open-folder.ts';
import type { LevelOp, LevelStore } from './embedded/level-store.ts';
import { newEpoch } from './epoch.ts';
import type {
  Leases,
  Mode,
  RecordEntry,
  RecordRoom,
  RecordStatus,
  Shelf,
  Stamp,
  StreamName,
  TailListener,
} from './record.ts';
import { unavailable } from './unavailable.ts';

interface EmbeddedSettings {
  readonly mode: Mode;
  readonly dataDir: string;
  readonly nowMs: () => number;
}

/**
 * Opens the record in `<dataDir>/record`, creating the folder (mode 0700) where there is none. Fails with one
 * readable line when another process has it open, or when it is of another mode or a newer format.
 */
export async function openEmbeddedRecord(settings: EmbeddedSettings): Promise<EmbeddedRecord> {
  return new EmbeddedRecord(await openFolder(settings.dataDir, settings.mode), settings);
}

/** The record on this machine's disk: one process, every entry fsynced before it is acknowledged. */
export class EmbeddedRecord implements CopyableRecord {
  readonly kind = 'embedded';
  readonly mode: Mode;
  readonly shelf: Shelf;
  readonly leases: Leases;
  readonly #store: LevelStore;
  readonly #journal: Journal;
  #epoch: string;
  #tail: EmbeddedTail | undefined;
  #importing = false;
  #damaged = 0;
  #closing: Promise<void> | undefined;

  constructor(opened: OpenedFolder, settings: EmbeddedSettings) {
    this.mode = settings.mode;
    this.#epoch = opened.epoch;
    this.#store = opened.store;
    this.#journal = new Journal(opened.store, opened.last, settings.nowMs, {
      committed: (entries) => this.#tail?.committed(entries),
      interrupted: () => this.#tail?.interrupted(),
    });
    this.shelf = new EmbeddedShelf(opened.store, this.#journal);
    this.leases = new EmbeddedLeases(opened.store, this.#journal);
  }

  get epoch(): string {
    return this.#epoch;
  }

  /** How many stored values readings have passed over because they cannot be entries. */
  get damaged(): number {
    return this.#damaged;
  }

  async append(stream: StreamName, body: Uint8Array): Promise<Stamp> {
    if (this.#importing) throw unavailable('A backup is being restored into this record');
    return this.#journal.append(stream, body);
  }

  read(afterSeq: number): AsyncIterable<RecordEntry> {
    return this.#readUpTo(afterSeq, this.#journal.durable.seq);
  }

  async lastSeq(): Promise<number> {
    return this.#journal.durable.seq;
  }

  async tail(afterSeq: number, listener: TailListener): ReturnType<RecordRoom['tail']> {
    if (this.#tail !== undefined) throw new Error('This record has a tail already');
    const tail = new EmbeddedTail(
      { durableSeq: () => this.#journal.durable.seq, readPage: (after, to) => this.#readPage(after, to) },
      afterSeq,
      listener,
    );
    this.#tail = tail;
    return { stop: () => this.#stopTail(tail) };
  }

  status(): RecordStatus {
    return this.#journal.status;
  }

  onStatus(listener: (status: RecordStatus) => void): void {
    this.#journal.onStatus(listener);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async isEmpty(): Promise<boolean> {
    const shelf = await this.#store.page({ gte: shelfKey(''), lt: Buffer.from('t'), limit: 1 });
    return this.#journal.durable.seq === 0 && shelf.length === 0;
  }

  async beginImport(): Promise<RecordImport> {
    this.#importing = true;
    await this.#journal.write([{ type: 'put', key: metaKey('restoring'), value: Buffer.from('1') }]);
    // An append that was on its way comes before this in the journal.
    if (this.#journal.durable.seq > 0) {
      await this.#journal.write([{ type: 'del', key: metaKey('restoring') }]);
      this.#importing = false;
      throw unavailable('The record is not empty');
    }
    return {
      addEntries: (entries) => this.#journal.write(entries.map(putEntryOp)),
      addToShelf: (key, value) =>
        this.#journal.write([{ type: 'put', key: shelfKey(key), value: Buffer.from(value) }]),
      finish: (last) => this.#finishImport(last),
    };
  }

  async #finishImport(last: Stamp): Promise<void> {
    const epoch = newEpoch();
    await this.#journal.write([
      { type: 'put', key: metaKey('epoch'), value: Buffer.from(epoch) },
      { type: 'put', key: metaKey('last'), value: encodeStamp(last) },
      { type: 'del', key: metaKey('restoring') },
    ]);
    this.#journal.continueFrom(last);
    this.#epoch = epoch;
    this.#importing = false;
    this.#tail?.restart(epoch);
  }

  async *#readUpTo(afterSeq: number, toSeq: number): AsyncGenerator<RecordEntry> {
    let cursor = afterSeq;
    while (cursor < toSeq) {
      const page = await this.#readPage(cursor, toSeq);
      yield* page.entries;
      cursor = page.reached;
    }
  }

  async #readPage(afterSeq: number, toSeq: number): Promise<EntryPage> {
    const pairs = await this.#store
      .page({ gt: entryKey(afterSeq), lte: entryKey(toSeq) })
      .catch((cause: unknown) => Promise.reject(unavailable('The record cannot be read', cause)));
    const entries: RecordEntry[] = [];
    for (const [key, value] of pairs) {
      const entry = decodeEntry(key, value);
      if (entry === undefined) this.#damaged += 1;
      else entries.push(entry);
    }
    const last = pairs.at(-1);
    return { entries, reached: last === undefined ? toSeq : (seqOfKey(last[0]) ?? toSeq) };
  }

  async #stopTail(tail: EmbeddedTail): Promise<void> {
    await tail.stop();
    if (this.#tail === tail) this.#tail = undefined;
  }

  async #close(): Promise<void> {
    await this.#journal.close();
    await this.#tail?.stop();
    await this.#store.close();
  }
}

function putEntryOp(entry: RecordEntry): LevelOp {
  return { type: 'put', key: entryKey(entry.seq), value: encodeEntry(entry) };
}
