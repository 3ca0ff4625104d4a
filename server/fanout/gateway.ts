import type { Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import { Failure, type FailureBody } from '../../shared/failure.ts';
import { maxPositionBytes, type PositionsAnswer } from '../../shared/model/position.ts';
import type { Principal } from '../../shared/role.ts';
import { subscribeSchema, type Bbox } from '../../shared/wire/subscribe.ts';
import {
  protocolVersion,
  type ClientEvents,
  type ServerEvents,
  type ServiceStatus,
  type SubscribeAnswer,
  type ViewerNote,
} from '../../shared/wire/live.ts';
import type { Logger } from '../diagnostics/logger.ts';
import { isOwnOrigin, principalOf, type OriginRule } from '../identity/credentials.ts';
import type { Identity } from '../identity/identity.ts';
import type { Fanout, Line } from './fanout.ts';

type LiveSocket = Socket<ClientEvents, ServerEvents, Record<string, never>, { principal: Principal }>;

/** Bytes that may wait in this process for one viewer before it counts as not keeping up. */
const maxWaitingBytes = 256 * 1024;

/** How often the credentials of open sockets are looked at again. */
const recheckEveryMs = 20_000;

interface Parts {
  readonly recheckEveryMs?: number | undefined;
  readonly fanout: Fanout;
  readonly identity: Identity;
  readonly origin: OriginRule;
  readonly status: () => ServiceStatus;
  readonly takePositions: (principal: Principal, body: unknown) => Promise<PositionsAnswer>;
  readonly nowMs: () => number;
  readonly log: Logger;
}

export interface Gateway {
  /** Tells every connected viewer about the state of the service. */
  announce(status: ServiceStatus): void;
  connections(): number;
  close(): Promise<void>;
}

/** The live door for other programs and for our pages: Socket.IO on `/socket.io` with its stock parser. */
export function openGateway(http: HttpServer, parts: Parts): Gateway {
  const io = new Server<ClientEvents, ServerEvents, Record<string, never>, { principal: Principal }>(http, {
    path: '/socket.io',
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: maxPositionBytes,
    pingInterval: 10_000,
    pingTimeout: 10_000,
    allowRequest: (request, answer) => {
      const { origin } = request.headers;
      const refused = origin !== undefined && !isOwnOrigin(request.headers, parts.origin);
      answer(refused ? 'origin refused' : null, !refused);
    },
  });
  io.use((socket, next) => {
    admit(socket, parts).then(
      () => next(),
      (reason: unknown) => next(refusalOf(reason, parts.log)),
    );
  });
  io.on('connection', (socket) => attend(socket, parts));
  const rechecking = setInterval(() => {
    for (const socket of io.of('/').sockets.values()) void recheck(socket, parts);
  }, parts.recheckEveryMs ?? recheckEveryMs);
  return {
    announce: (status) => void io.emit('status', status),
    connections: () => io.engine.clientsCount,
    close() {
      clearInterval(rechecking);
      return new Promise((resolve) => void io.close(() => resolve()));
    },
  };
}

/** A token that expired or was withdrawn, or a session that was ended, opens nothing any more, old sockets included. */
async function recheck(socket: LiveSocket, parts: Parts): Promise<void> {
  try {
    await admit(socket, parts);
  } catch (reason) {
    const failure = toFailure(reason, parts.log);
    // A record that cannot be read just now says nothing about the token.
    if (failure.code !== 'not-signed-in') return;
    socket.emit('goodbye', failure.toBody());
    socket.disconnect(true);
  }
}

async function admit(socket: LiveSocket, { identity, origin }: Parts): Promise<void> {
  const given: unknown = socket.handshake.auth['token'];
  const token = typeof given === 'string' ? given : undefined;
  socket.data.principal = await principalOf(
    identity,
    { headers: socket.handshake.headers, canChange: true, ...(token === undefined ? {} : { token }) },
    origin,
  );
}

/** The error that a refused client gets: our code and sentence in `error.data`. */
function refusalOf(reason: unknown, log: Logger): Error {
  const failure = toFailure(reason, log);
  return Object.assign(new Error(failure.code), { data: failure.toBody().error });
}

function toFailure(reason: unknown, log: Logger): Failure {
  if (reason instanceof Failure) return reason;
  log.error({ err: reason }, 'a socket call failed');
  return new Failure('internal', 'something went wrong here; it was logged');
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

function youAre(principal: Principal, nowMs: number): ViewerNote {
  const { role, name } = principal;
  return { role, name, protocolVersion, serverTime: new Date(nowMs).toISOString() };
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
