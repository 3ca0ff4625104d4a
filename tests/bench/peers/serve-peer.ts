import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { WebSocketServer } from 'ws';
import { noPackedFix, packedFixBytes, readPackedFix, type PackedFix } from './packed-fix.ts';

/** The door of a peer for its feeder: packed fixes over a WebSocket of its own. Answers the port. */
export async function listenForFeed(take: (fix: PackedFix) => void): Promise<number> {
  const feed = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  const fix = noPackedFix();
  feed.on('connection', (socket) => {
    socket.on('message', (message: Buffer) => {
      for (let at = 0; at < message.length; at += packedFixBytes) {
        readPackedFix(message, at, fix);
        take(fix);
      }
    });
  });
  await once(feed, 'listening');
  return (feed.address() as AddressInfo).port;
}

export async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Tells the run where this peer serves; a peer whose run is gone ends. */
export function serving(ports: { readonly port: number; readonly feedPort: number }): void {
  process.send?.(ports);
  process.once('disconnect', () => process.exit(0));
}

/** Length of a tick of every peer that has one, as of our own server. */
export const peerTickMs = 100;
