import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { projectDir } from './source-files.ts';
import { testSourceKey } from './source-key.ts';

/** A server in its own process, on a port of its own that it keeps over restarts. */
export interface ServerProcess {
  readonly url: string;
  readonly port: number;
  /** What it printed on stdout since its last start. */
  stdout(): string;
  kill9(): Promise<void>;
  stop(): Promise<number | null>;
  start(): Promise<void>;
  /** Stops answering without closing a connection, until `thaw`. */
  freeze(): void;
  thaw(): void;
  signal(signal: NodeJS.Signals): void;
  readonly pid: number | undefined;
  readonly running: boolean;
}

interface ProcessOptions {
  /** The file that serves, relative to the project. */
  readonly entry?: string;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

/** Starts the server with these settings and waits for its READY line. Killed when the test ends. */
export async function serverProcess(
  env: Readonly<Record<string, string>>,
  { entry = 'tests/support/serve-live.ts' }: ProcessOptions = {},
): Promise<ServerProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  let stdout = '';

  const start = async (): Promise<void> => {
    stdout = '';
    const started = spawn(process.execPath, ['--import', 'tsx', entry], {
      cwd: projectDir,
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: process.env['HOME'] ?? '',
        LOG_LEVEL: 'error',
        PORT: String(port),
        SOURCE_KEY_FILE: testSourceKey(),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child = started;
    await new Promise<void>((resolve, reject) => {
      started.stdout?.on('data', (piece: Buffer) => {
        stdout += piece.toString();
        if (stdout.includes('READY ')) resolve();
      });
      started.once('exit', (code) => reject(new Error(`the server ended with ${code} before it was ready`)));
    });
  };
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    const ending = child;
    child = undefined;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return null;
    ending.kill(signal);
    await once(ending, 'exit');
    return ending.exitCode;
  };
  onTestFinished(() => void end('SIGKILL'));
  await start();
  return {
    url,
    port,
    stdout: () => stdout,
    kill9: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    start,
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    signal: (signal) => void child?.kill(signal),
    get pid() {
      return child?.pid;
    },
    get running() {
      return child !== undefined;
    },
  };
}

/** The token that `npm run token` prints, made while the server runs or not. */
export async function makeToken(
  env: Readonly<Record<string, string>>,
  args: readonly string[],
): Promise<string> {
  const child = spawn(process.execPath, ['--import', 'tsx', join('server/cli/token.ts'), ...args], {
    cwd: projectDir,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (piece: Buffer) => (out += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (err += piece.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(err.trim());
  return out.trim().split('\n').at(-1) ?? '';
}
