import type { Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import { Failure, type FailureBody } from '../../shared/failure.ts';
import { maxPositionBytes, type PositionsAnswer } from '../../shared/model/position.ts';
import type { Principal } from '../../shared/role.ts';
import { subscribeSchema, type Bbox } from '../../shared/wire/subscribe.ts';
import {
  type ClientEvents,
  type ServerEvents,
  type ServiceStatus,
  type SubscribeAnswer,
} from '../../shared/wire/live.ts';
import type { Logger } from '../diagnostics/logger.ts';
import {
  admitting,
  doorOptions,
  recheck,
  recheckEveryMs,
  toFailure,
  type Admission,
  type SocketData,
} from './admission.ts';
import { CallsUnderWay, closeDoor } from './close-door.ts';
import type { Fanout, Line } from './fanout.ts';
import { youAre } from './you-are.ts';

type LiveSocket = Socket<ClientEvents, ServerEvents, Record<string, never>, SocketData>;

/** Bytes that may wait in this process for one viewer before it counts as not keeping up. */
const maxWaitingBytes = 256 * 1024;

interface Parts extends Admission {
  readonly recheckEveryMs?: number | undefined;
  readonly fanout: Fanout;
  readonly status: () => ServiceStatus;
  readonly takePositions: (principal: Principal, body: unknown) => Promise<PositionsAnswer>;
  readonly nowMs: () => number;
}

export interface Gateway {
  /** Tells every connected viewer about the state of the service. */
  announce(status: ServiceStatus): void;
  connections(): number;
  close(): Promise<void>;
}

/** The live door for other programs and for our pages: Socket.IO on `/socket.io` with its stock parser. */
export function openGateway(http: HttpServer, parts: Parts): Gateway {
  const io = new Server<ClientEvents, ServerEvents, Record<string, never>, SocketData>(http, {
    ...doorOptions(parts.origin),
    path: '/socket.io',
    maxHttpBufferSize: maxPositionBytes,
    pingInterval: 10_000,
    pingTimeout: 10_000,
  });
  io.use(admitting(parts));
  const calls = new CallsUnderWay();
  io.on('connection', (socket) => {
    calls.watch(socket);
    attend(socket, parts);
  });
  const rechecking = setInterval(() => {
    for (const socket of io.of('/').sockets.values()) void recheck(socket, parts);
  }, parts.recheckEveryMs ?? recheckEveryMs);
  return {
    announce: (status) => void io.emit('status', status),
    connections: () => io.engine.clientsCount,
    close() {
      clearInterval(rechecking);
      return closeDoor(io, calls);
    },
  };
}

function attend(socket: LiveSocket, parts: Parts): void {
  const { fanout, log } = parts;
  const { principal } = socket.data;
  const line = lineOf(socket);
  socket.emit('status', parts.status());

  answering(socket, 'subscribe', log, async (request): Promise<SubscribeAnswer> => {
    const { bbox, since } = parseSubscribe(request);
    const begun = await fanout.subscribe(line, principal, bbox ?? undefined, since ?? undefined);
    // The socket may have gone while the picture caught up; nothing would end its subscription then.
    if (!socket.connected) fanout.unsubscribe(line);
    return { ...begun, you: youAre(principal, parts.nowMs()) };
  });
  answering(socket, 'positions', log, (body) => parts.takePositions(principal, body));
  socket.on('unsubscribe', (answer: unknown) => {
    fanout.unsubscribe(line);
    if (typeof answer === 'function') answer();
  });
  socket.on('disconnect', () => fanout.unsubscribe(line));
}

/** Binds an event that is answered: with the result, or with the failure as a body. A fault ends nothing else. */
function answering<T>(
  socket: LiveSocket,
  event: 'subscribe' | 'positions',
  log: Logger,
  work: (body: unknown) => Promise<T>,
): void {
  socket.on(event, (first: unknown, second: unknown) => {
    // A call without a body has its acknowledgment in the first place.
    const [body, answer] = typeof first === 'function' ? [undefined, first] : [first, second];
    const reply = (result: T | FailureBody): void => {
      if (typeof answer === 'function') answer(result);
    };
    const answered = (async () => work(body))(); // a throw before the first await is a refusal too
    answered.then(reply, (reason: unknown) => reply(toFailure(reason, log).toBody()));
  });
}

function parseSubscribe(request: unknown): { bbox?: Bbox | null; since?: string | null } {
  const parsed = subscribeSchema.safeParse(request ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = String(issue?.path[0] ?? '');
  throw new Failure('field-invalid', `${field || 'the request'}: ${issue?.message ?? 'is not valid'}`, {
    field,
  });
}

/** One viewer's line over Socket.IO. Closing ends the transport, so that any client comes back by itself. */
function lineOf(socket: LiveSocket): Line {
  return {
    sendPatch: (patch) => void socket.emit('patch', patch),
    sendBehind: (sinceAt) => void socket.emit('behind', { sinceAt }),
    drained: () => waitingPackets(socket) === 0 && waitingBytes(socket) < maxWaitingBytes,
    close(reason) {
      socket.emit('goodbye', new Failure('shutting-down', reason).toBody());
      setImmediate(() => socket.conn.close());
    },
  };
}

/** Packets that engine.io has not handed to its transport: none while the viewer keeps up. */
function waitingPackets(socket: LiveSocket): number {
  const conn = socket.conn as unknown as { readonly writeBuffer: readonly unknown[] }; // private in the types only
  return conn.writeBuffer.length;
}

/** Bytes that the WebSocket has not handed to the operating system; 0 on long polling, which has no such queue. */
function waitingBytes(socket: LiveSocket): number {
  const transport = socket.conn.transport as unknown as {
    readonly socket?: { readonly bufferedAmount?: number };
  };
  return transport.socket?.bufferedAmount ?? 0;
}
