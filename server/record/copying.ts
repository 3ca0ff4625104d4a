import type { Mode, RecordEntry, RecordRoom, Stamp } from './record.ts';

/** What backup and restore need of a record beyond `RecordRoom`; both implementations have it. */
export interface CopyableRecord extends RecordRoom {
  readonly mode: Mode;
  /** True when there is no entry and nothing on the shelf. */
  isEmpty(): Promise<boolean>;
  /**
   * Takes an empty record for a restore: until `finish` no other append is taken, and a record whose restore was
   * not finished refuses to be opened, so that half a record never passes for a whole one.
   */
  beginImport(): Promise<RecordImport>;
}

/** One restore at work. Entries keep their seq and time. */
export interface RecordImport {
  addEntries(entries: readonly RecordEntry[]): Promise<void>;
  addToShelf(key: string, value: Uint8Array): Promise<void>;
  /** Makes the record usable, with a new epoch; `last` is what the counter and the clock continue from. */
  finish(last: Stamp): Promise<void>;
}
