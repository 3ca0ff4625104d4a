import type { Server as HttpServer } from 'node:http';
import { performance } from 'node:perf_hooks';
import { Server, type Socket } from 'socket.io';
import { Failure, type FailureBody } from '../../shared/failure.ts';
import { maxPositionBytes, type PositionsAnswer } from '../../shared/model/position.ts';
import type { WallCall } from '../../shared/model/wall-call.ts';
import type { Principal } from '../../shared/role.ts';
import type { ServiceStatus } from '../../shared/wire/live.ts';
import { viewSchema, wireSubscribeSchema } from '../../shared/wire/subscribe.ts';
import { serverParser } from '../../shared/wire/wire-parser.ts';
import {
  wirePath,
  type WireAnswer,
  type WireClientEvents,
  type WireServerEvents,
} from '../../shared/wire/wire.ts';
import { cellKeys } from '../../shared/wire/cells.ts';
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
import type { Gateway } from './gateway.ts';
import { youAre } from './you-are.ts';
import type { WireFanout } from './wire/wire-fanout.ts';
import type { WireLine } from './wire/wire-viewer.ts';
import type { BuiltFrame } from './wire/built-frame.ts';

type WireSocket = Socket<WireClientEvents, WireServerEvents, Record<string, never>, SocketData>;

/** A ping also measures how long the queue to a viewer is; see lineOf. */
const pingEveryMs = 10_000;
/** A wall that was off its line when it was called hears it when it comes back, if that is soon. */
const callHoldsMs = 60_000;

export interface WireGateway extends Gateway {
  /** Asks the pages that are walls to load anew. */
  callWalls(call: WallCall): void;
  /** Names of the walls on a line of this server, in order. */
  walls(): readonly string[];
}

interface Parts extends Admission {
  readonly recheckEveryMs?: number | undefined;
  readonly pingEveryMs?: number | undefined;
  readonly wire: WireFanout;
  readonly status: () => ServiceStatus;
  readonly takePacked: (principal: Principal, bytes: Uint8Array) => Promise<PositionsAnswer>;
  readonly nowMs: () => number;
}

/** The live door of our own pages and feeders: Socket.IO on `/wire`, one binary message a frame. */
export function openWireGateway(http: HttpServer, parts: Parts): WireGateway {
  const io = new Server<WireClientEvents, WireServerEvents, Record<string, never>, SocketData>(http, {
    ...doorOptions(parts.origin),
    path: wirePath,
    parser: serverParser,
    maxHttpBufferSize: maxPositionBytes,
    pingInterval: parts.pingEveryMs ?? pingEveryMs,
    // A line of 2G may hold many seconds of frames; what is cut too early begins with keyframes again.
    pingTimeout: 60_000,
  });
  io.use(admitting(parts));
  const calls = new CallsUnderWay();
  let lastCall: { readonly call: WallCall; readonly atMs: number } | undefined;
  io.on('connection', (socket) => {
    calls.watch(socket);
    attend(socket, parts);
    if (lastCall && parts.nowMs() - lastCall.atMs < callHoldsMs) tellWall(socket, lastCall.call);
  });
  const rechecking = setInterval(() => {
    for (const socket of io.of('/').sockets.values()) void recheck(socket, parts);
  }, parts.recheckEveryMs ?? recheckEveryMs);
  return {
    announce: (status) => void io.emit('status', status),
    callWalls(call) {
      lastCall = { call, atMs: parts.nowMs() };
      for (const socket of io.of('/').sockets.values()) tellWall(socket, call);
    },
    walls: () => wallNames([...io.of('/').sockets.values()].map(({ data }) => data.principal)),
    connections: () => io.engine.clientsCount,
    close() {
      clearInterval(rechecking);
      return closeDoor(io, calls);
    },
  };
}

function tellWall(socket: WireSocket, call: WallCall): void {
  if (call.wall === undefined || call.wall === socket.data.principal.name) socket.emit('reload', call);
}

function wallNames(principals: readonly Principal[]): readonly string[] {
  const names = principals.filter(({ role }) => role === 'wall').map(({ name }) => name);
  return [...new Set(names)].sort();
}

function attend(socket: WireSocket, parts: Parts): void {
  const { wire, log, nowMs } = parts;
  const { principal } = socket.data;
  const line = lineOf(socket);
  socket.emit('status', parts.status());

  socket.on('subscribe', (request: unknown, answer: unknown) => {
    void answered(answer, log, async (): Promise<WireAnswer> => {
      const { since, ...view } = parse(wireSubscribeSchema, request);
      await wire.subscribe(line, principal, view, since ?? undefined);
      // The socket may have gone while the picture caught up; nothing would end its subscription then.
      if (!socket.connected) wire.unsubscribe(line);
      return { you: youAre(principal, nowMs()) };
    });
  });
  socket.on('view', (request: unknown) => {
    const view = viewSchema.safeParse(request);
    if (view.success) wire.look(line, view.data);
  });
  socket.on('mend', (cells: unknown) => {
    if (Array.isArray(cells)) wire.mend(line, cells.filter(isCellKey).slice(0, 100));
  });
  socket.on('fixes', (bytes: unknown, answer: unknown) => {
    void answered(answer, log, async () => {
      if (bytes instanceof Uint8Array) return parts.takePacked(principal, bytes);
      throw new Failure('bad-body', 'fixes are packed bytes');
    });
  });
  socket.on('disconnect', () => wire.unsubscribe(line));
}

const isCellKey = (key: unknown): key is number =>
  typeof key === 'number' && Number.isInteger(key) && key >= 0 && key < cellKeys;

function parse<T>(schema: { safeParse(value: unknown): Parsed<T> }, request: unknown): T {
  const parsed = schema.safeParse(request ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = String(issue?.path[0] ?? '');
  const message = `${field || 'the request'}: ${issue?.message ?? 'is not valid'}`;
  throw new Failure('field-invalid', message, { field });
}

type Parsed<T> =
  | { readonly success: true; readonly data: T }
  | {
      readonly success: false;
      readonly error: {
        readonly issues: ReadonlyArray<{ readonly path: PropertyKey[]; readonly message: string }>;
      };
    };

/** Answers a call with its result, or with the failure as a body. A fault ends nothing else. */
async function answered<T>(answer: unknown, log: Parts['log'], work: () => Promise<T>): Promise<void> {
  const reply = (result: T | FailureBody): void => {
    if (typeof answer === 'function') answer(result);
  };
  try {
    reply(await work());
  } catch (reason) {
    reply(toFailure(reason, log).toBody());
  }
}

/** What we use of engine.io that its types keep private. */
interface Connection {
  readonly readyState: string;
  readonly upgrading: boolean;
  readonly writeBuffer: readonly unknown[];
  readonly transport: {
    readonly name: string;
    readonly writable: boolean;
    readonly socket?: {
      readonly bufferedAmount: number;
      readonly _sender: { sendFrame(list: readonly Uint8Array[]): void };
    };
  };
  write(message: Uint8Array, options: { compress: boolean; wsPreEncodedFrame?: readonly Uint8Array[] }): void;
}

/**
 * One viewer's line. A frame goes to the WebSocket as it is, past the queues of Socket.IO and engine.io, while those
 * are empty; otherwise behind what waits there. Closing ends the transport, so that any client comes back by itself.
 */
function lineOf(socket: WireSocket): WireLine {
  const conn = socket.conn as unknown as Connection;
  let pingedAtMs: number | undefined;
  socket.conn.on('packetCreate', ({ type }: { type: string }) => {
    if (type === 'ping') pingedAtMs ??= performance.now();
  });
  socket.conn.on('heartbeat', () => (pingedAtMs = undefined));
  return {
    send: (frame) => sendFrame(conn, frame),
    waitingBytes: () => conn.transport.socket?.bufferedAmount ?? conn.writeBuffer.length * 64 * 1024,
    unansweredMs: () => (pingedAtMs === undefined ? 0 : performance.now() - pingedAtMs),
    close(reason) {
      socket.emit('goodbye', new Failure('shutting-down', reason).toBody());
      setImmediate(() => socket.conn.close());
    },
  };
}

function sendFrame(conn: Connection, { message, webSocketFrame }: BuiltFrame): void {
  const { transport } = conn;
  const isWebSocket = transport.name === 'websocket' && transport.socket !== undefined;
  if (isWebSocket && transport.writable && conn.writeBuffer.length === 0 && conn.readyState === 'open') {
    transport.socket._sender.sendFrame([webSocketFrame]);
  } else if (isWebSocket) conn.write(message, { compress: false, wsPreEncodedFrame: [webSocketFrame] });
  else conn.write(message, { compress: false });
}
