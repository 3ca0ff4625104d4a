import { once } from 'node:events';
import { WebSocket } from 'ws';
import { FixColumns, absent } from '../../../shared/model/fix-columns.ts';
import { forPhones, writePackedFixes } from '../../../shared/model/packed-fixes.ts';
import { ByteWriter } from '../../../shared/wire/bytes.ts';
import { wirePath } from '../../../shared/wire/wire.ts';
import { noPackedFix, packedFixBytes, writePackedFix } from '../peers/packed-fix.ts';
import type { Address } from '../peers/peer.ts';
import { unitId, type Fleet } from './fleet.ts';

/** Brings fixes into a server. */
export interface Feed {
  /** Sends `count` units from `first` on, each where it is now. */
  send(fleet: Fleet, first: number, count: number, nowMs: number): void;
  /** Fixes that the server has not yet taken, as far as its door tells. */
  waiting(): number;
  /** What the server refused; it must be nothing. */
  refusals(): readonly string[];
  close(): void;
}

/** Fixes of one message at most: a gateway sends what has come within some 20 ms. */
export const fixesAtOnce = 5_000;

export function openFeed(address: Address): Promise<Feed> {
  return address.feedPort === undefined ? wireFeed(address) : packedFeed(address.feedPort);
}

/** The door of the peers: 20 bytes a fix, no answer. */
async function packedFeed(port: number): Promise<Feed> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
  await once(socket, 'open');
  const fix = noPackedFix();
  return {
    send(fleet, first, count, timeMs) {
      const message = Buffer.allocUnsafe(count * packedFixBytes);
      for (let n = 0; n < count; n++) {
        fix.unit = first + n;
        fix.lonE7 = fleet.lonE7[first + n] ?? 0;
        fix.latE7 = fleet.latE7[first + n] ?? 0;
        fix.timeMs = timeMs;
        fix.speedCmps = fleet.speedCmps[first + n] ?? 0;
        fix.courseCdeg = fleet.courseCdeg[first + n] ?? 0;
        writePackedFix(message, n * packedFixBytes, fix);
      }
      socket.send(message);
    },
    waiting: () => socket.bufferedAmount / packedFixBytes,
    refusals: () => [],
    close: () => socket.terminate(),
  };
}

/** Our own door: packed fixes on the wire's socket, each batch acknowledged when it is durable. */
async function wireFeed({ port, feedToken }: Address): Promise<Feed> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${wirePath}/?EIO=4&transport=websocket`, {
    perMessageDeflate: false,
  });
  const unanswered = new Map<number, number>();
  const refusals: string[] = [];
  let next = 0;
  const ready = new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('message', (message: Buffer, isBinary: boolean) => {
      if (isBinary) return;
      const text = message.toString();
      if (text.startsWith('0')) socket.send(`40${JSON.stringify({ token: feedToken })}`);
      else if (text === '2') socket.send('3');
      else if (text.startsWith('40')) resolve();
      else if (text.startsWith('44')) reject(new Error(text));
      else if (text.startsWith('43')) takeAnswer(text);
    });
  });
  const takeAnswer = (text: string): void => {
    const [, number = '', body = ''] = /^43(\d+)(.*)$/s.exec(text) ?? [];
    unanswered.delete(Number(number));
    if (body.startsWith('[{"error"') || /"rejected":\[\{/.test(body)) refusals.push(body.slice(0, 300));
  };
  await ready;
  const columns = new FixColumns();
  const out = new ByteWriter(fixesAtOnce * 24);
  return {
    send(fleet, first, count, timeMs) {
      fill(columns, fleet, first, count, timeMs);
      const number = next++;
      out.clear();
      for (const shift of [0, 8, 16, 24]) out.u8((number >>> shift) & 0xff);
      writePackedFixes(out, columns, forPhones);
      unanswered.set(number, count);
      socket.send(out.done());
    },
    waiting: () => [...unanswered.values()].reduce((sum, count) => sum + count, 0),
    refusals: () => refusals,
    close: () => socket.terminate(),
  };
}

const encoder = new TextEncoder();

function fill(columns: FixColumns, fleet: Fleet, first: number, count: number, timeMs: number): void {
  columns.clear();
  columns.makeRoom(count);
  for (let row = 0; row < count; row++) {
    const unit = first + row;
    columns.unit[row] = columns.ids.add(encoder.encode(unitId(unit)));
    columns.device[row] = absent;
    columns.timeMs[row] = timeMs;
    columns.lonE7[row] = fleet.lonE7[unit] ?? 0;
    columns.latE7[row] = fleet.latE7[unit] ?? 0;
    columns.course[row] = fleet.courseCdeg[unit] ?? 0;
    columns.speed[row] = fleet.speedCmps[unit] ?? 0;
    columns.altitude[row] = absent;
    columns.accuracy[row] = absent;
    columns.battery[row] = absent;
  }
  columns.length = count;
}
