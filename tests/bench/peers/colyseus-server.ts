import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { matchMaker, Room, Server } from '@colyseus/core';
import { Encoder } from '@colyseus/schema';
import { WebSocketTransport } from '@colyseus/ws-transport';
import { ColyseusState, ColyseusUnit } from './colyseus-state.ts';
import { listenForFeed, peerTickMs, serving } from './serve-peer.ts';

/**
 * Colyseus as its guide has it: a state with a map of units, patches every tick. Keeps nothing. (package.json puts a
 * package without code in place of msgpackr-extract, an optional helper of its: that names binaries which not every
 * registry has, and a lock file without them cannot be installed.)
 */
Encoder.BUFFER_SIZE = 8 * 1024 * 1024;
const state = new ColyseusState();

class PictureRoom extends Room {
  override onCreate(): void {
    this.autoDispose = false;
    this.setState(state);
    this.setPatchRate(peerTickMs);
  }
}

const http = createServer();
const server = new Server({
  greet: false,
  transport: new WebSocketTransport({ server: http, pingInterval: 60_000 }),
});
server.define('picture', PictureRoom);
await server.listen(0, '127.0.0.1');
await matchMaker.createRoom('picture', {});

const feedPort = await listenForFeed(({ unit, lonE7, latE7, timeMs, speedCmps, courseCdeg }) => {
  const key = String(unit);
  let held = state.units.get(key);
  if (!held) {
    held = new ColyseusUnit();
    state.units.set(key, held);
  }
  held.lon = lonE7;
  held.lat = latE7;
  held.time = timeMs % 2 ** 32;
  held.speed = speedCmps;
  held.course = courseCdeg;
});
serving({ port: (http.address() as AddressInfo).port, feedPort });
