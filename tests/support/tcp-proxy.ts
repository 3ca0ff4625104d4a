import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { makeSeededRandom } from '../../server/exercise/seeded-random.ts';
import { Pipe, type Weather } from './tcp-pipe.ts';

export type { Weather } from './tcp-pipe.ts';

/** What stands between two parties: a wire whose weather the test makes. */
export interface TcpProxy {
  readonly port: number;
  /** Connections that are open now, swallowed ones included. */
  readonly open: number;
  /** Connections taken since the start. */
  readonly taken: number;
  readonly swallowedBytes: number;
  /** From now on, in both directions, on open connections too. */
  weather(weather: Partial<Weather>): void;
  /** Nothing passes and nothing is lost: what was sent arrives after `resume`, as TCP does it after an outage. */
  hold(): void;
  /**
   * Swallows everything in silence and keeps the sockets, as a box that forgot its connections. New connections are
   * taken and swallowed too. After `resume` new ones work; the forgotten ones stay dead.
   */
  halfOpen(): void;
  /** Resets every connection, and new ones until `resume`. */
  cut(): void;
  resume(): void;
  close(): Promise<void>;
}

type Mode = 'flow' | 'hold' | 'swallow' | 'refuse';

interface Link {
  readonly sockets: readonly Socket[];
  readonly pipes: readonly Pipe[];
  /** Forgotten: its ends learn nothing of one another any more. */
  dead: boolean;
}

const fair: Weather = { latencyMs: 0, jitterMs: 0, lossChance: 0, bytesPerS: Infinity };

/** Listens on a free port of loopback and hands everything on to `toPort`. Same seed, same weather. */
export async function tcpProxy(toPort: number, seed = 1): Promise<TcpProxy> {
  const random = makeSeededRandom(seed).next;
  const links = new Set<Link>();
  let mode: Mode = 'flow';
  let now = fair;
  let taken = 0;
  let swallowedBytes = 0;

  const take = (near: Socket): void => {
    taken += 1;
    if (mode === 'refuse') return void near.resetAndDestroy();
    const far = connect({ port: toPort, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    const pipes = [
      [near, far],
      [far, near],
    ].map(([from, to]) => new Pipe(from as Socket, to as Socket, random, () => now));
    const link: Link = { sockets: [near, far], pipes, dead: false };
    links.add(link);
    if (mode === 'hold') for (const pipe of pipes) pipe.hold();
    if (mode === 'swallow') forget(link);
    for (const socket of link.sockets) {
      socket.on('error', () => undefined); // its close follows and is heeded
      socket.once('close', (hadError) => end(link, socket, hadError));
    }
  };
  const forget = (link: Link): void => {
    link.dead = true;
    for (const pipe of link.pipes) pipe.swallow((bytes) => (swallowedBytes += bytes));
  };
  const end = (link: Link, ended: Socket, hadError: boolean): void => {
    const other = link.sockets.find((socket) => socket !== ended);
    // An orderly end is handed on by the pipe, behind the last byte.
    if (hadError && !link.dead) other?.resetAndDestroy();
    if (link.sockets.every((socket) => socket.destroyed)) links.delete(link);
  };

  const server = createServer({ allowHalfOpen: true, noDelay: true }, take);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');

  const all = (act: (pipe: Pipe) => void): void => {
    for (const link of links) if (!link.dead) for (const pipe of link.pipes) act(pipe);
  };
  const reset = (): void => {
    for (const link of links) for (const socket of link.sockets) socket.resetAndDestroy();
  };
  return {
    port: address.port,
    get open() {
      return links.size;
    },
    get taken() {
      return taken;
    },
    get swallowedBytes() {
      return swallowedBytes;
    },
    weather: (weather) => void (now = { ...now, ...weather }),
    hold() {
      mode = 'hold';
      all((pipe) => pipe.hold());
    },
    halfOpen() {
      mode = 'swallow';
      for (const link of links) forget(link);
    },
    cut() {
      mode = 'refuse';
      reset();
    },
    resume() {
      mode = 'flow';
      all((pipe) => pipe.release());
    },
    async close() {
      reset();
      server.close();
      await once(server, 'close');
    },
  };
}
