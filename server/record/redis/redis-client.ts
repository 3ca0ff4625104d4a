import { createHash } from 'node:crypto';
import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { messageOf } from '../unavailable.ts';
import type { RedisAddress } from './redis-address.ts';
import { isFinal, NoAnswer, reasonOf } from './redis-reasons.ts';

export type Argument = string | number | Buffer | Uint8Array;

/** A Lua script with the hash that Redis knows it by. */
export interface Script {
  readonly lua: string;
  readonly sha: string;
}

export function defineScript(lua: string): Script {
  return { lua, sha: createHash('sha1').update(lua).digest('hex') };
}

const connectTimeoutMs = 2000;
/** What a connection that was taken may need to its first answer; then it counts as dead. */
const readyTimeoutMs = 2500;

/**
 * One connection (or one client of a cluster) that fails fast: a command fails at once while there is no
 * connection and after `timeoutMs` while there is no answer, and is never sent twice. Reconnects by itself.
 */
export class RedisClient {
  readonly address: RedisAddress;
  readonly #redis: Redis | Cluster;
  #lastError: unknown;
  /** A dead connection takes a moment to end; each of many commands without an answer asks for it. */
  #dropping = false;

  constructor(address: RedisAddress, name: string) {
    this.address = address;
    this.#redis = createClient(address, name);
    this.#redis.on('error', (cause: unknown) => (this.#lastError = cause));
    this.#redis.on('node error', (cause: unknown) => (this.#lastError = cause));
    this.#redis.on('ready', () => (this.#lastError = undefined));
    this.#giveUpSilentConnections();
  }

  /** Until its first answer a connection takes no commands, so no command's timeout would ever end a silent one. */
  #giveUpSilentConnections(): void {
    let waiting: NodeJS.Timeout | undefined;
    const settled = (): void => {
      this.#dropping = false;
      clearTimeout(waiting);
    };
    this.#redis.on('connect', () => {
      settled();
      waiting = setTimeout(() => this.reconnect(), readyTimeoutMs);
      waiting.unref();
    });
    this.#redis.on('ready', settled);
    this.#redis.on('close', settled);
  }

  /** Why a command failed, in one sentence without full stop; never with what was sent. */
  reasonOf(cause: unknown): string {
    const notConnected = /isn't writeable|isn't ready|Connection is closed|max retries/i.test(
      messageOf(cause),
    );
    return reasonOf(notConnected ? this.#lastError : cause, this.address.shown);
  }

  onReady(listener: () => void): void {
    this.#redis.on('ready', listener);
  }

  /** The connection, or one to a node of the cluster, is gone. */
  onClose(listener: () => void): void {
    this.#redis.on('close', listener);
    this.#redis.on('-node', listener);
  }

  /** Tries until `withinMs` have passed; fails with one readable line. */
  connect(withinMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (): void => reject(new Error(reasonOf(this.#lastError, this.address.shown)));
      const timer = setTimeout(fail, withinMs);
      this.#redis.once('ready', () => {
        clearTimeout(timer);
        resolve();
      });
      this.#redis.on('error', (cause: unknown) => isFinal(cause) && (clearTimeout(timer), fail()));
      this.#redis.connect().catch((cause: unknown) => (this.#lastError ??= cause));
    });
  }

  call(timeoutMs: number, command: string, ...args: Argument[]): Promise<unknown> {
    return this.#within(timeoutMs, this.#redis.callBuffer(command, ...args.map(toArgument)));
  }

  async run(timeoutMs: number, script: Script, keys: readonly string[], args: readonly Argument[]) {
    const rest = [keys.length, ...keys, ...args];
    try {
      return await this.call(timeoutMs, 'evalsha', script.sha, ...rest);
    } catch (cause) {
      if (!messageOf(cause).startsWith('NOSCRIPT')) throw cause;
      return this.call(timeoutMs, 'eval', script.lua, ...rest);
    }
  }

  xread(timeoutMs: number, args: readonly Argument[]): Promise<unknown> {
    // ioredis types XREAD by its argument patterns; ours come as a list.
    const xread = this.#redis.xreadBuffer.bind(this.#redis) as unknown as (
      ...list: Argument[]
    ) => Promise<unknown>;
    return this.#within(timeoutMs, xread(...args));
  }

  /** The text of `INFO` of each server that may hold the record now. */
  async info(timeoutMs: number): Promise<readonly string[]> {
    return Promise.all(this.#masters().map((node) => withTimeout(timeoutMs, node.info())));
  }

  /** `CONFIG GET` of each server that may hold the record now. */
  async config(timeoutMs: number, name: string): Promise<readonly string[]> {
    const answers = await Promise.all(
      this.#masters().map((node) => withTimeout(timeoutMs, node.call('config', 'GET', name))),
    );
    return answers.map((answer) => (Array.isArray(answer) ? String(answer[1]) : ''));
  }

  /** Drops the connection and makes a new one; what waits for an answer fails. */
  reconnect(): void {
    if (this.#dropping) return;
    this.#dropping = true;
    this.#redis.disconnect(true);
  }

  close(): void {
    this.#redis.disconnect();
  }

  /** A connection that does not answer in time counts as dead and is made anew. */
  async #within<Result>(timeoutMs: number, work: Promise<Result>): Promise<Result> {
    try {
      return await withTimeout(timeoutMs, work);
    } catch (cause) {
      if (cause instanceof NoAnswer) this.reconnect();
      throw cause;
    }
  }

  #masters(): readonly Redis[] {
    return this.#redis instanceof Cluster ? this.#redis.nodes('master') : [this.#redis];
  }
}

function toArgument(argument: Argument): string | number | Buffer {
  return argument instanceof Uint8Array && !Buffer.isBuffer(argument)
    ? Buffer.from(argument.buffer, argument.byteOffset, argument.byteLength)
    : argument;
}

function withTimeout<Result>(timeoutMs: number, work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new NoAnswer()), timeoutMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function createClient(address: RedisAddress, name: string): Redis | Cluster {
  const options: RedisOptions = {
    username: address.username,
    password: address.password,
    db: address.db,
    connectionName: `nightflash-${name}`,
    connectTimeout: connectTimeoutMs,
    lazyConnect: true,
    keepAlive: 5000,
    disconnectTimeout: 300,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    disableClientInfo: true,
    ...(address.tls ? { tls: { servername: address.nodes[0]?.host } } : {}),
  };
  if (address.kind === 'cluster') return createCluster(address, options);
  const alone = { ...options, enableOfflineQueue: false, retryStrategy: backOffMs };
  if (address.kind === 'sentinel') return createBehindSentinel(address, alone);
  return new Redis({ ...alone, ...address.nodes[0] });
}

function createCluster(address: RedisAddress, options: RedisOptions): Cluster {
  const { lazyConnect, ...redisOptions } = options;
  return new Cluster([...address.nodes], {
    lazyConnect,
    enableOfflineQueue: false,
    maxRedirections: 4,
    slotsRefreshTimeout: connectTimeoutMs,
    clusterRetryStrategy: backOffMs,
    redisOptions,
  });
}

function createBehindSentinel(address: RedisAddress, options: RedisOptions): Redis {
  return new Redis({
    ...options,
    name: address.masterName,
    sentinels: [...address.nodes],
    sentinelUsername: address.sentinelUsername,
    sentinelPassword: address.sentinelPassword,
    enableTLSForSentinelMode: address.tls,
    sentinelRetryStrategy: backOffMs,
    sentinelCommandTimeout: connectTimeoutMs,
    // A demoted master: ask the sentinels anew.
    reconnectOnError: (cause) => cause.message.startsWith('READONLY'),
  });
}

function backOffMs(attempt: number): number {
  return Math.min(50 * 2 ** attempt, 1000);
}
