import { io, type Socket } from 'socket.io-client';
import type { FailureBody } from '../../shared/failure.ts';
import { clientParser } from '../../shared/wire/wire-parser.ts';
import { wirePath, type WireClientEvents, type WireServerEvents } from '../../shared/wire/wire.ts';
import { isFailureBody } from './api.ts';
import type { LiveSocket, SocketHandlers } from './live-socket.ts';

/**
 * The only door to socket.io: one socket to our own origin, signed in by the cookie; WebSocket first, long polling
 * where something on the way forbids it. It tries again for ever, 0.2 to 1 s apart, because a wall must come back
 * without hands.
 */
export function openSocket(handlers: SocketHandlers): LiveSocket {
  const socket: Socket<WireServerEvents, WireClientEvents> = io({
    path: wirePath,
    parser: clientParser,
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelay: 200,
    reconnectionDelayMax: 1_000,
    timeout: 5_000,
  });
  socket.on('connect', handlers.connected);
  socket.on('disconnect', (reason) => {
    handlers.disconnected(reason);
    // A server that hangs up on purpose is not tried again by socket.io itself.
    if (reason === 'io server disconnect') setTimeout(() => socket.connect(), 1_000);
  });
  socket.on('connect_error', (error) => {
    handlers.disconnected(error.message);
    const refusal = refusalIn(error);
    if (refusal) handlers.goodbye(refusal);
    // A refusal by the server's own middleware ends socket.io's attempts; ours go on.
    if (!socket.active) setTimeout(() => socket.connect(), 1_000);
  });
  socket.io.on('reconnect_attempt', handlers.attempt);
  socket.on('frame', handlers.frame);
  socket.on('status', handlers.status);
  socket.on('goodbye', handlers.goodbye);
  socket.on('reload', handlers.reload);
  return {
    subscribe: (request, answer) => void socket.emit('subscribe', request, answer),
    view: (request) => void socket.volatile.emit('view', request),
    mend: (cells) => void socket.volatile.emit('mend', cells),
    fixes: (bytes, answer) => void socket.emit('fixes', bytes, answer),
    reconnect: () => void socket.disconnect().connect(),
    close: () => void socket.close(),
  };
}

/** The server's refusal of a handshake, which socket.io carries in the error's `data`; a broken line has none. */
function refusalIn(error: Error): FailureBody | undefined {
  const body: unknown = { error: 'data' in error ? error.data : undefined };
  return isFailureBody(body) ? body : undefined;
}
