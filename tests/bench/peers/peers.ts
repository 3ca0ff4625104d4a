import { forkedPeer } from './forked-peer.ts';
import { ours } from './ours.ts';
import type { Peer } from './peer.ts';

/** What every ratio is to. */
export const rawWs: Peer = {
  name: 'raw ws',
  start: () => forkedPeer('tests/bench/peers/raw-ws-server.ts', 'raw-ws'),
};

export const naive: Peer = {
  name: 'naive Socket.IO',
  deliveriesAtMost: 60_000,
  start: () => forkedPeer('tests/bench/peers/naive-server.ts', 'naive'),
};

export const colyseus: Peer = {
  name: 'Colyseus',
  start: () => forkedPeer('tests/bench/peers/colyseus-server.ts', 'colyseus'),
};

export const oursEmbedded = ours('embedded always');
export const oursRedis = ours('redis everysec');
export const oursRedisAlways = ours('redis always');
