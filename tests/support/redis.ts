import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './wait.ts';

/** Any directive of redis.conf; by default no persistence at all, so a restart is a new empty Redis. */
export type RedisDirectives = Readonly<Record<string, string>>;

export interface TestRedis {
  readonly url: string;
  readonly port: number;
  /** Folder with its RDB and AOF files. */
  readonly folder: string;
  /** One command over a plain connection, answered in inline form: for looking and tampering. */
  cli(...args: readonly string[]): Promise<string>;
  /** Ends it as an operator would; `restart` brings it back with its data. */
  stop(): Promise<void>;
  kill9(): Promise<void>;
  /** Stops answering without closing a connection, until `thaw`. */
  freeze(): void;
  thaw(): void;
  /** On the same port with the same folder. */
  restart(): Promise<void>;
  /** Ends it and removes its folder. */
  remove(): Promise<void>;
}

/**
 * Starts a private redis-server on a free port of loopback. The caller registers `remove`. Fails with a line that
 * says how to install it where it is missing.
 */
export async function startRedis(
  directives: RedisDirectives = {},
  sentinelLines: readonly string[] = [],
): Promise<TestRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'nightflash-redis-'));
  const port = await freePort();
  let child = await launch(folder, port, directives, sentinelLines).catch(async (cause: unknown) => {
    await rm(folder, { recursive: true, force: true });
    throw cause;
  });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGCONT');
    child.kill(signal);
    await ended;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    folder,
    cli: (...args) => redisCli(port, args),
    stop: () => end('SIGTERM'),
    kill9: () => end('SIGKILL'),
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    restart: async () => {
      await end('SIGKILL');
      child = await launch(folder, port, directives, sentinelLines);
    },
    remove: async () => {
      await end('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A sentinel that watches the Redis on `masterPort` under the name `mission` and lets itself suffice. */
export async function startSentinel(masterPort: number): Promise<TestRedis> {
  return startRedis({}, [
    `sentinel monitor mission 127.0.0.1 ${masterPort} 1`,
    'sentinel down-after-milliseconds mission 500',
    'sentinel failover-timeout mission 3000',
  ]);
}

async function launch(
  folder: string,
  port: number,
  directives: RedisDirectives,
  sentinelLines: readonly string[],
): Promise<ChildProcess> {
  const settings = { port: String(port), bind: '127.0.0.1', dir: folder, ...directives };
  const lines = Object.entries(settings).map(([name, value]) => `${name} ${value}`);
  const sentinel = sentinelLines.length > 0;
  const file = join(folder, 'redis.conf');
  await writeFile(file, [...lines, ...(sentinel ? sentinelLines : ['save ""'])].join('\n'));
  const child = spawn('redis-server', [file, ...(sentinel ? ['--sentinel'] : [])], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const failed = new Promise<never>((_resolve, reject) => {
    child.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        cause.code === 'ENOENT' ? new Error('redis-server is missing: apt-get install redis-server') : cause,
      ),
    );
    child.once('exit', () => reject(new Error(`redis-server ended at once: ${output.slice(-500)}`)));
  });
  failed.catch(() => undefined); // an exit after the start is the test's own doing
  await Promise.race([failed, untilAnswering(port)]);
  return child;
}

async function untilAnswering(port: number): Promise<void> {
  await until(async () => /PONG|NOAUTH/.test(await redisCli(port, ['PING'])), {
    what: `redis-server on port ${port} to answer`,
  });
}

/** Sends one command and gives back the raw reply; the connection is closed after the first whole line and a rest. */
async function redisCli(port: number, args: readonly string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const parts = args.map((arg) => `$${Buffer.byteLength(arg)}\r\n${arg}\r\n`);
  socket.end(`*${args.length}\r\n${parts.join('')}`);
  let reply = '';
  for await (const chunk of socket) reply += String(chunk);
  if (reply.startsWith('-') && !reply.startsWith('-NOAUTH')) throw new Error(reply.trim());
  return reply;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
