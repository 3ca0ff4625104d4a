import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { listenForFeed, listening, serving } from './serve-peer.ts';

/** What is written first and often kept: one JSON event for each fix, to everybody, by Socket.IO as it comes. */
const http = createServer();
const io = new Server(http, { pingInterval: 60_000, pingTimeout: 600_000 });

const feedPort = await listenForFeed(({ unit, lonE7, latE7, timeMs, speedCmps, courseCdeg }) => {
  io.emit('fix', {
    unit: `unit-${unit}`,
    lon: lonE7 / 1e7,
    lat: latE7 / 1e7,
    time: timeMs,
    speedMps: speedCmps / 100,
    courseDeg: courseCdeg / 100,
  });
});
serving({ port: await listening(http), feedPort });
