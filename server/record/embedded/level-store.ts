import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';

export type Pair = readonly [key: Buffer, value: Buffer];
export type LevelOp =
  | { readonly type: 'put'; readonly key: Buffer; readonly value: Buffer }
  | { readonly type: 'del'; readonly key: Buffer };

export interface Range {
  readonly gt?: Buffer;
  readonly gte?: Buffer;
  readonly lt?: Buffer;
  readonly lte?: Buffer;
  readonly reverse?: boolean;
  readonly limit?: number;
}

const pageBytes = 1024 * 1024;
/** More than LevelDB needs to write when it opens with a full log (its write buffer is 4 MiB). */
const roomToReopenBytes = 8 * 1024 * 1024;

/**
 * LevelDB with synced, atomic batches, made safe after a failed write: LevelDB then leaves its log half-written
 * and would lose what is acknowledged behind that place at the next start. So after a failure the database is
 * closed and opened again (which cuts the torn end off) before anything more is written.
 */
export class LevelStore {
  readonly #folder: string;
  #db: ClassicLevel<Buffer, Buffer>;
  #mustReopen = false;
  #reopening: Promise<void> | undefined;

  private constructor(folder: string, db: ClassicLevel<Buffer, Buffer>) {
    this.#folder = folder;
    this.#db = db;
  }

  /** Fails with LevelDB's error; `cause.code` is `LEVEL_LOCKED` when another process has the folder open. */
  static async open(folder: string): Promise<LevelStore> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return new LevelStore(folder, await openLevel(folder));
  }

  async get(key: Buffer): Promise<Buffer | undefined> {
    return this.#reading((db) => db.get(key));
  }

  /** The first pairs of a range, as many as fit a page of about 1 MiB; an empty page means the range is empty. */
  async page(range: Range): Promise<readonly Pair[]> {
    return this.#reading(async (db) => {
      const iterator = db.iterator({ ...range, highWaterMarkBytes: pageBytes });
      try {
        return await iterator.nextv(range.limit ?? 4096);
      } finally {
        await iterator.close();
      }
    });
  }

  /** All pairs of a range, page by page. */
  async *pages(range: Range): AsyncGenerator<readonly Pair[]> {
    let rest = range;
    for (;;) {
      const page = await this.page(rest);
      const last = page.at(-1);
      if (last === undefined) return;
      yield page;
      rest = { ...rest, gt: last[0] };
      delete (rest as { gte?: Buffer }).gte; // Range is readonly outside; this copy is ours
    }
  }

  /** All of it or nothing, fsynced. One caller at a time. */
  async write(ops: readonly LevelOp[]): Promise<void> {
    if (this.#mustReopen) await this.#reopen();
    try {
      await this.#db.batch([...ops], { sync: true });
    } catch (cause) {
      this.#mustReopen = true;
      throw cause;
    }
  }

  async close(): Promise<void> {
    await this.#db.close();
  }

  async #reading<Result>(read: (db: ClassicLevel<Buffer, Buffer>) => Promise<Result>): Promise<Result> {
    await this.#reopening?.catch(() => undefined);
    const db = this.#db;
    try {
      return await read(db);
    } catch (cause) {
      if (this.#reopening === undefined && this.#db === db) throw cause;
      await this.#reopening;
      return read(this.#db);
    }
  }

  async #reopen(): Promise<void> {
    // Opening needs room on the disk; without it the open database can at least be read.
    await proveRoom(join(this.#folder, 'room-probe'));
    this.#reopening = this.#closeAndOpen();
    try {
      await this.#reopening;
      this.#mustReopen = false;
    } finally {
      this.#reopening = undefined;
    }
  }

  async #closeAndOpen(): Promise<void> {
    if (this.#db.status === 'open') await this.#db.close();
    this.#db = await openLevel(this.#folder);
  }
}

async function openLevel(folder: string): Promise<ClassicLevel<Buffer, Buffer>> {
  const db = new ClassicLevel<Buffer, Buffer>(folder, { keyEncoding: 'buffer', valueEncoding: 'buffer' });
  await db.open();
  return db;
}

async function proveRoom(path: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(Buffer.alloc(roomToReopenBytes));
    await file.sync();
  } finally {
    await file.close();
    await rm(path, { force: true });
  }
}
