import type { Server as HttpServer } from 'node:http';
import type { Socket } from 'node:net';

/** How long calls under way may take while the server stops, and how long viewers that do not answer are waited for. */
const finishWithinMs = 4_000;
const lookForIdleEveryMs = 50;

/** Every open connection of a server, those that became sockets included; Node counts only the others. */
export class OpenConnections {
  readonly #sockets = new Set<Socket>();

  constructor(http: HttpServer) {
    http.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  endAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}

/**
 * Part of the composition in main.ts. Takes nothing new, lets `parts` close what they have open (the live doors send
 * their viewers elsewhere at once), and lets the calls under way come to their end; what is open then is cut.
 */
export async function stopServing(
  http: HttpServer,
  connections: OpenConnections,
  parts: ReadonlyArray<{ close(): Promise<void> }>,
): Promise<void> {
  const closed = new Promise<void>((resolve) => http.close(() => resolve()));
  const idle = setInterval(() => http.closeIdleConnections(), lookForIdleEveryMs);
  const late = setTimeout(() => connections.endAll(), finishWithinMs);
  await Promise.all([closed, ...parts.map((part) => part.close())]);
  clearInterval(idle);
  clearTimeout(late);
}
