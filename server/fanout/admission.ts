import type { Server as HttpServer } from 'node:http';
import type { DefaultEventsMap, ServerOptions, Socket } from 'socket.io';
import { Failure } from '../../shared/failure.ts';
import type { Principal } from '../../shared/role.ts';
import type { Logger } from '../diagnostics/logger.ts';
import { isOwnOrigin, principalOf, type OriginRule } from '../identity/credentials.ts';
import type { Identity } from '../identity/identity.ts';

/** What the two live doors need to know who comes in. */
export interface Admission {
  readonly identity: Identity;
  readonly origin: OriginRule;
  readonly log: Logger;
}

export interface SocketData {
  principal: Principal;
}
type AnySocket = Socket<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, SocketData>;

/** How often the credentials of open sockets are looked at again. */
export const recheckEveryMs = 10_000;

/** What both doors have in common: no compression, no foreign browser origin, no script of their own. */
export function doorOptions(origin: OriginRule): Partial<ServerOptions> {
  return {
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    // Two doors share one port: each leaves the other's upgrades alone.
    destroyUpgrade: false,
    allowRequest: (request, answer) => {
      const { origin: from } = request.headers;
      const refused = from !== undefined && !isOwnOrigin(request.headers, origin);
      answer(refused ? 'origin refused' : null, !refused);
    },
  };
}

/** Middleware that lets in whoever shows a valid token or session, and refuses others with our code. */
export function admitting(parts: Admission): (socket: AnySocket, next: (refusal?: Error) => void) => void {
  return (socket, next) => {
    admit(socket, parts).then(
      () => next(),
      (reason: unknown) => next(refusalOf(reason, parts.log)),
    );
  };
}

/** A token that expired or was withdrawn, or a session that was ended, opens nothing any more, old sockets included. */
export async function recheck(socket: AnySocket, parts: Admission): Promise<void> {
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

async function admit(socket: AnySocket, { identity, origin }: Admission): Promise<void> {
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

export function toFailure(reason: unknown, log: Logger): Failure {
  if (reason instanceof Failure) return reason;
  log.error({ err: reason }, 'a socket call failed');
  return new Failure('internal', 'something went wrong here; it was logged');
}

/** Ends the upgrade of a path that is no live door: Socket.IO leaves it open, since it might be another's. */
export function endStrayUpgrades(http: HttpServer, paths: readonly string[]): void {
  http.on('upgrade', (request, socket) => {
    if (!paths.some((path) => request.url?.startsWith(`${path}/`))) socket.destroy();
  });
}
