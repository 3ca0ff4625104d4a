import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import type { RecordSettings } from '../../server/record/open-record.ts';
import type { Durability, RecordEntry, RecordRoom, StreamName } from '../../server/record/record.ts';
import { Failure } from '../../shared/failure.ts';
import { until } from '../support/wait.ts';

/** A place where a record lies, or will lie, and ways to write there past the record. */
export interface RecordPlace {
  readonly settings: RecordSettings;
  /** The same as settings for a process of its own. */
  readonly portable: Omit<RecordSettings, 'nowMs'>;
  readonly durability: Durability;
  /** Writes a record of format 1 as its layout says, byte by byte, with these entries. */
  writeFormat1(mode: string, epoch: string, entries: readonly RecordEntry[]): Promise<void>;
  setFormat(format: number): Promise<void>;
  getFormat(): Promise<string>;
  /** Puts something that is no entry between the entries, at `seq`. */
  writeDamaged(seq: number): Promise<void>;
  /** Makes the record's clock stand behind what it has given out already. */
  turnClockBack(): Promise<void>;
}

/** Collects what a tail is told. */
export class Collector {
  readonly entries: RecordEntry[] = [];
  readonly epochs: string[] = [];

  onEntries(entries: readonly RecordEntry[]): void {
    this.entries.push(...entries);
  }

  onEpoch(epoch: string): void {
    this.epochs.push(epoch);
    this.entries.length = 0;
  }

  get seqs(): readonly number[] {
    return this.entries.map((entry) => entry.seq);
  }

  async untilSeq(seq: number): Promise<void> {
    await until(() => (this.entries.at(-1)?.seq ?? 0) >= seq, { what: `the tail to reach ${seq}` });
  }
}

export async function readAll(record: RecordRoom, afterSeq = 0): Promise<RecordEntry[]> {
  const entries: RecordEntry[] = [];
  for await (const entry of record.read(afterSeq)) entries.push(entry);
  return entries;
}

/** As plain values, so that Buffers and Uint8Arrays compare. */
export function plain(entries: readonly RecordEntry[]): unknown[] {
  return entries.map(({ seq, atMs, stream, body }) => ({
    seq,
    atMs,
    stream,
    body: Buffer.from(body).toString('base64'),
  }));
}

export async function appendMany(record: RecordRoom, count: number, label = ''): Promise<RecordEntry[]> {
  const one = async (index: number): Promise<RecordEntry> => {
    const stream: StreamName = index % 3 === 0 ? 'events' : 'positions';
    const body = Buffer.from(`${label}${index}`);
    return { ...(await record.append(stream, body)), stream, body };
  };
  const entries = await Promise.all(Array.from({ length: count }, (_, index) => one(index)));
  return entries.sort((first, second) => first.seq - second.seq);
}

export async function expectUnavailable(work: Promise<unknown>): Promise<Failure> {
  const cause: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(cause).toBeInstanceOf(Failure);
  expect(cause).toMatchObject({ code: 'record-unavailable' });
  return cause as Failure; // the line before says so
}

export async function lineOf(work: Promise<unknown>): Promise<string> {
  const message = await work.then(
    () => 'it did not fail',
    (cause: unknown) => (cause instanceof Error ? cause.message : String(cause)),
  );
  expect(message).not.toContain('\n');
  return message;
}

/** Runs a process that appends, kills it -9 after so many acknowledgments, and gives back those it printed. */
export async function appendUntilKilled(
  settings: Omit<RecordSettings, 'nowMs'>,
  count: number,
): Promise<ReadonlyMap<number, string>> {
  const script = fileURLToPath(new URL('append-until-killed.ts', import.meta.url));
  const args = ['--import', 'tsx', script, JSON.stringify(settings)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (output.split('\n').length > count) child.kill('SIGKILL');
  });
  await ended;
  const lines = output.split('\n').slice(0, -1);
  expect(lines.length).toBeGreaterThanOrEqual(count);
  return new Map(
    lines.map((line) => [Number(line.slice(0, line.indexOf(' '))), line.slice(line.indexOf(' ') + 1)]),
  );
}

/** Opens and closes a record in a process of its own; rejects with what that process wrote to stderr. */
export async function openElsewhere(settings: Omit<RecordSettings, 'nowMs'>): Promise<void> {
  const opener = new URL('../../server/record/open-record.ts', import.meta.url).href;
  const code = `
    const { openRecord } = await import(${JSON.stringify(opener)});
    const settings = { ...JSON.parse(process.argv[1]), nowMs: Date.now };
    try { await (await openRecord(settings)).close(); }
    catch (cause) { process.stderr.write(cause.message); process.exitCode = 1; }`;
  const args = ['--import', 'tsx', '--input-type=module', '-e', code, JSON.stringify(settings)];
  await promisify(execFile)(process.execPath, args).catch((cause: { stderr?: string }) => {
    throw new Error(cause.stderr);
  });
}
