import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { stat, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { openEmbeddedRecord } from '../../server/record/embedded-record.ts';
import { until } from '../support/wait.ts';
import { embeddedPlaces } from './places.ts';
import { describeRecordContract } from './record-contract.ts';
import { lineOf, openElsewhere, readAll } from './record-helpers.ts';

const places = embeddedPlaces();
afterAll(places.cleanUp);

describeRecordContract('embedded', places.makePlace);

describe('embedded: one process on one disk', () => {
  it('makes its folder for this user alone', async () => {
    const { settings } = await places.makePlace();
    await (await openEmbeddedRecord(settings)).close();
    expect((await stat(settings.dataDir)).mode & 0o777).toBe(0o700);
  });

  it('refuses a second process, and the same process twice', async () => {
    const { settings, portable } = await places.makePlace();
    const record = await openEmbeddedRecord(settings);
    onTestFinished(() => record.close());
    const expected = `DATA_DIR ${settings.dataDir} is in use by another Nightflash server (only one process may open it)`;
    expect(await lineOf(openElsewhere(portable))).toBe(expected);
    expect(await lineOf(openEmbeddedRecord(settings))).toBe(expected);
    await record.close();
    await openElsewhere(portable);
  });

  it('refuses a folder that cannot be one, in one line', async () => {
    const { settings } = await places.makePlace();
    await writeFile(settings.dataDir, 'a file');
    expect(await lineOf(openEmbeddedRecord(settings))).toMatch(/^DATA_DIR \/.* cannot be opened \(EEXIST/);
  });

  it('says so when the disk takes no more, keeps what it acknowledged, and goes on when it does again', async () => {
    const { settings, portable } = await places.makePlace();
    const child = spawnWriter(JSON.stringify(portable));
    onTestFinished(() => void child.process.kill('SIGKILL'));
    await until(() => child.acknowledged().length > 20, { what: 'the first acknowledgments' });
    await limitFileSize(child.process.pid, '65536');
    await until(() => child.output().includes('STATUS unwritable'), { what: 'the status to say so' });
    expect(child.output()).toContain('REJECTED record-unavailable');
    const before = child.acknowledged().length;
    await limitFileSize(child.process.pid, 'unlimited');
    await until(() => child.output().includes('STATUS writable'), { what: 'the status to recover' });
    await until(() => child.acknowledged().length > before + 20, { what: 'further acknowledgments' });
    const ended = once(child.process, 'close');
    child.process.kill('SIGKILL');
    await ended;
    const record = await openEmbeddedRecord(settings);
    onTestFinished(() => record.close());
    const found = new Set((await readAll(record)).map((entry) => entry.seq));
    expect(child.acknowledged().filter((seq) => !found.has(seq))).toEqual([]);
    expect(child.tailed()).toEqual([...child.tailed()].sort((one, other) => one - other));
    expect(new Set(child.tailed()).size).toBe(child.tailed().length);
    const seen = new Set(child.tailed());
    expect(child.acknowledged().filter((seq) => !seen.has(seq))).toEqual([]);
  });
});

/** The soft limit of a running process: writes beyond it fail with EFBIG, much as on a full disk. */
async function limitFileSize(pid: number | undefined, soft: string): Promise<void> {
  await promisify(execFile)('prlimit', ['--pid', String(pid), `--fsize=${soft}:`]);
}

function spawnWriter(settings: string) {
  const script = fileURLToPath(new URL('append-through-trouble.ts', import.meta.url));
  // SIGXFSZ ignored, the write just fails; an ignored signal stays ignored over exec.
  const shell = `trap '' XFSZ; exec "$0" "$@"`;
  const args = ['-c', shell, process.execPath, '--import', 'tsx', script, settings];
  const child = spawn('bash', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const numbers = (word: string): number[] =>
    [...output.matchAll(new RegExp(`^${word} (\\d+)$`, 'gm'))].map((match) => Number(match[1]));
  return {
    process: child,
    output: () => output,
    acknowledged: () => numbers('ACK'),
    tailed: () => numbers('TAIL'),
  };
}
