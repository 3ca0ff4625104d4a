import { benchServer, type Kind } from '../servers.ts';
import type { Peer } from './peer.ts';

/** The product as it is: tokens, audiences, areas, metrics, and every fix durable in the record. */
export function ours(kind: Kind): Peer {
  return {
    name: `ours, ${kind}`,
    async start() {
      const server = await benchServer(kind);
      return {
        pid: server.pid,
        address: {
          dialect: 'wire',
          port: Number(new URL(server.url).port),
          feedToken: server.feed,
          watchToken: server.watch,
        },
        freeze: () => void process.kill(server.pid, 'SIGSTOP'),
        thaw: () => void process.kill(server.pid, 'SIGCONT'),
        stop: () => server.stop(),
      };
    },
  };
}
