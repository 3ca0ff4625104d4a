import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How many copies stay in the folder: two days of hourly ones. */
const mostCopies = 48;
const lookEveryMs = 30_000;
const name = /^paper-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)Z\.html$/;

interface Parts {
  readonly folder: string;
  readonly everyMin: number;
  readonly nowMs: () => number;
  /** The sheet as it is now, whole, with its own style. */
  readonly page: () => string;
}

/** The standing duty of keeping copies on disk of the sheet that does when the power is gone. */
export function keepPaper({ folder, everyMin, nowMs, page }: Parts): {
  readonly name: string;
  readonly everyMs: number;
  run(): Promise<void>;
} {
  return {
    name: 'paper',
    everyMs: lookEveryMs,
    async run() {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const copies = (await readdir(folder)).filter((file) => name.test(file)).sort();
      if (!isDue(copies, everyMin, nowMs())) return;
      const file = paperName(nowMs());
      await writeFile(join(folder, `${file}.part`), page(), { mode: 0o600 });
      await rename(join(folder, `${file}.part`), join(folder, file));
      const old = [...new Set([...copies, file])].slice(0, -mostCopies);
      await Promise.all(old.map((copy) => rm(join(folder, copy), { force: true })));
    },
  };
}

/** `paper-20261122T1640Z.html`. */
export function paperName(ms: number): string {
  return `paper-${new Date(ms).toISOString().slice(0, 16).replace(/[-:]/g, '')}Z.html`;
}

/** Whether the next copy is due: by the name of the newest, so that a restart makes none too many. */
export function isDue(copies: readonly string[], everyMin: number, atMs: number): boolean {
  const [, year = '', month = '', day = '', hour = '', minute = ''] = name.exec(copies.at(-1) ?? '') ?? [];
  const newestMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00Z`);
  // A newest copy from the future is from a clock that was wrong.
  return Number.isNaN(newestMs) || newestMs > atMs || atMs - newestMs >= everyMin * 60_000;
}
