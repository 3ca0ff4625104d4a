import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import { Failure } from '../../shared/failure.ts';
import type { SocketData } from './admission.ts';

type AnySocket = Socket<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, SocketData>;
type Door = Pick<Server, 'of' | 'close'>;

/** How long a call under way may hold up the end of its connection, and how long its last bytes. */
const finishCallsWithinMs = 2_000;
const goneWithinMs = 1_000;

/** Calls of one connection that may be unanswered, and bytes that may wait for it, before it gets no more. */
const mostCalls = 256;
const mostWaitingBytes = 4 * 1024 * 1024;
const mostWaitingPackets = 2_000;
const tooMany = new Failure(
  'too-many-requests',
  `more than ${mostCalls} calls of this connection are unanswered`,
);

/** Whether more waits in this process for the other side to read than an honest client leaves lying. */
function isClogged({ conn }: { readonly conn: object }): boolean {
  const { transport, writeBuffer } = conn as Conn;
  if (writeBuffer.length > mostWaitingPackets) return true;
  const queued = writeBuffer.reduce((sum, { data }) => sum + (data?.length ?? 0), 0);
  return queued + (transport.socket?.bufferedAmount ?? 0) > mostWaitingBytes;
}

/** What we use of engine.io that its types keep private. */
interface Conn {
  readonly writeBuffer: ReadonlyArray<{ readonly data?: { readonly length: number } }>;
  readonly transport: { readonly socket?: { readonly bufferedAmount?: number } };
}

/** The calls of live connections that have not been answered yet. */
export class CallsUnderWay {
  readonly #bySocket = new WeakMap<object, { count: number; idle: () => void }>();

  /** Counts from now on what this socket asks and is not yet answered. */
  watch(socket: AnySocket): void {
    const calls = { count: 0, idle: (): void => undefined };
    this.#bySocket.set(socket, calls);
    socket.use((packet: unknown[], next) => {
      // Who does not read its answers would have them pile up here.
      if (isClogged(socket)) {
        socket.conn.close();
        return;
      }
      const answer = packet.at(-1);
      if (calls.count >= mostCalls) {
        if (typeof answer === 'function') answer(tooMany.toBody());
        return;
      }
      if (typeof answer === 'function') {
        calls.count++;
        packet[packet.length - 1] = (...values: unknown[]): void => {
          answer(...values);
          if (--calls.count === 0) calls.idle();
        };
      }
      next();
    });
  }

  finished(socket: AnySocket): Promise<void> {
    const calls = this.#bySocket.get(socket);
    if (!calls || calls.count === 0) return Promise.resolve();
    return new Promise((resolve) => (calls.idle = resolve));
  }
}

/**
 * Sends everybody elsewhere: tells them goodbye at once, answers what they have asked, ends their connections so that
 * any client comes back by itself, at another server where there is one, and closes the door.
 */
export async function closeDoor(door: Door, calls: CallsUnderWay): Promise<void> {
  const sockets = [...(door.of('/').sockets as ReadonlyMap<string, AnySocket>).values()];
  await Promise.all(sockets.map((socket) => sendAway(socket, calls)));
  await new Promise<void>((resolve) => void door.close(() => resolve()));
}

async function sendAway(socket: AnySocket, calls: CallsUnderWay): Promise<void> {
  const goodbye = new Failure('shutting-down', 'this server stops; another one, or this one soon, goes on');
  socket.emit('goodbye', goodbye.toBody());
  await within(finishCallsWithinMs, calls.finished(socket));
  if (!socket.connected) return;
  const gone = once(socket, 'disconnect');
  socket.conn.close();
  await within(goneWithinMs, gone);
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const patience = new AbortController();
  const late = pause(ms, undefined, { signal: patience.signal }).catch(() => undefined);
  await Promise.race([work, late]);
  patience.abort();
}
