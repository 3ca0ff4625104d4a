import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** One address before several servers. Every connection goes to the next one in turn, whoever it is from. */
export interface TcpBalancer {
  readonly url: string;
  /** Connections handed on so far, by port. */
  readonly taken: ReadonlyMap<number, number>;
  close(): Promise<void>;
}

/** Listens on a free port of loopback. A server that takes no connection is passed over, as a balancer's check does. */
export async function tcpBalancer(ports: readonly number[]): Promise<TcpBalancer> {
  const taken = new Map<number, number>(ports.map((port) => [port, 0]));
  const sockets = new Set<Socket>();
  let turn = 0;
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  };
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (near) => {
    keep(near);
    const first = turn++;
    const handOn = (tries: number): void => {
      const port = ports[(first + tries) % ports.length] ?? 0;
      if (tries >= ports.length || near.destroyed) return void near.destroy();
      const far = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
      far.once('error', () => handOn(tries + 1));
      far.once('connect', () => {
        far.removeAllListeners('error');
        keep(far);
        taken.set(port, (taken.get(port) ?? 0) + 1);
        near.pipe(far);
        far.pipe(near);
        near.on('close', () => far.destroy());
        far.on('close', () => near.destroy());
        near.resume();
      });
    };
    handOn(0);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return {
    url: `http://127.0.0.1:${address.port}`,
    taken,
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}
