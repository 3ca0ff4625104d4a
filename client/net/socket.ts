import { io, type Socket } from 'socket.io-client';
import type { FailureBody } from '../../shared/failure.ts';
import type { ClientEvents, ServerEvents } from '../../shared/wire/live.ts';
import { isFailureBody } from './api.ts';
import type { LiveSocket, SocketHandlers } from './live-socket.ts';

/**
 * The only door to socket.io: one socket to our own origin, WebSocket only, signed in by the cookie.
 * It tries again for ever, 0.2 to 1 s apart, because a wall must come back without hands.
 */
export function openSocket(handlers: SocketHandlers): LiveSocket {
  const socket: Socket<ServerEvents, ClientEvents> = io({
    path: '/socket.io',
    transports: ['websocket'],
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
  socket.on('patch', handlers.patch);
  socket.on('status', handlers.status);
  socket.on('behind', handlers.behind);
  socket.on('goodbye', handlers.goodbye);
  return {
    subscribe: (request, answer) => void socket.emit('subscribe', request, answer),
    reconnect: () => void socket.disconnect().connect(),
    close: () => void socket.close(),
  };
}

/** The server's refusal of a handshake, which socket.io carries in the error's `data`; a broken line has none. */
function refusalIn(error: Error): FailureBody | undefined {
  const body: unknown = { error: 'data' in error ? error.data : undefined };
  return isFailureBody(body) ? body : undefined;
}
