import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { packedFixBytes, writePackedFix, type PackedFix } from './packed-fix.ts';
import { listenForFeed, listening, peerTickMs, serving } from './serve-peer.ts';

/** The practical limit: nothing but one packed frame a tick, handed to `ws` for each viewer. Keeps and checks nothing. */
const http = createServer();
const viewers = new WebSocketServer({ server: http, perMessageDeflate: false });
const moved = new Map<number, PackedFix>();

const feedPort = await listenForFeed((fix) => moved.set(fix.unit, { ...fix }));
setInterval(() => {
  if (moved.size === 0) return;
  const frame = Buffer.allocUnsafe(moved.size * packedFixBytes);
  let at = 0;
  for (const fix of moved.values()) {
    writePackedFix(frame, at, fix);
    at += packedFixBytes;
  }
  moved.clear();
  for (const viewer of viewers.clients) viewer.send(frame);
}, peerTickMs);
serving({ port: await listening(http), feedPort });
