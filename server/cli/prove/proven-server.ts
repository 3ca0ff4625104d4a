import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { apiOf, type Api } from './api.ts';
import { provenLine } from './serve-proven.ts';

const introductionSchema = z.object({
  url: z.string(),
  tokens: z.object({ feed: z.string(), watch: z.string() }),
});
const startWithinMs = 30_000;

/** A server of the proof, in its own process. */
export interface ProvenServer {
  readonly url: string;
  readonly feedToken: string;
  readonly watch: Api;
  /** From the start of the process until it serves. */
  readonly startedInMs: number;
  /** Its memory as it says itself, in MB. */
  memoryMb(): Promise<number>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Ends it as an operator would. */
  stop(): Promise<void>;
}

/** Starts a server with these settings and none of this process's own. */
export async function startProven(settings: Readonly<Record<string, string>>): Promise<ProvenServer> {
  const begunMs = performance.now();
  const { PATH = '', HOME = '', TMPDIR = '/tmp' } = process.env;
  const file = fileURLToPath(new URL('./serve-proven.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', file, 'serve'], {
    env: { PATH, HOME, TMPDIR, PORT: '0', LOG_LEVEL: 'warn', ...settings },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  const line = await firstLine(child.stdout, once(child, 'exit')).catch(async (cause: unknown) => {
    await end('SIGKILL');
    throw cause;
  });
  const { url, tokens } = introductionSchema.parse(JSON.parse(line));
  const watch = apiOf(url, tokens.watch);
  return {
    url,
    feedToken: tokens.feed,
    watch,
    startedInMs: performance.now() - begunMs,
    memoryMb: () => readMemoryMb(watch),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

async function firstLine(output: NodeJS.ReadableStream | null, ended: Promise<unknown>): Promise<string> {
  if (!output) throw new Error('the server has no output');
  const read = async (): Promise<string> => {
    for await (const line of createInterface({ input: output })) {
      if (line.startsWith(provenLine)) return line.slice(provenLine.length);
    }
    throw new Error('the server ended before it served');
  };
  const late = AbortSignal.timeout(startWithinMs);
  const isLate = once(late, 'abort').then(() => {
    throw new Error(`the server did not serve within ${startWithinMs / 1_000} s`);
  });
  const isOver = ended.then(() => {
    throw new Error('the server ended before it served');
  });
  const line = Promise.race([read(), isLate, isOver]);
  // Whichever comes too late to matter is nobody's fault.
  for (const promise of [isLate, isOver]) promise.catch(() => undefined);
  return line;
}

async function readMemoryMb(watch: Api): Promise<number> {
  const { body } = await watch.get('/metrics');
  const [, bytes] = /^nightflash_process_process_resident_memory_bytes (\S+)/m.exec(String(body)) ?? [];
  return Math.round(Number(bytes) / 1e6);
}
