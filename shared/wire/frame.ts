import { ByteReader, ByteWriter, WireFault } from './bytes.ts';
import { readBlockHead, type BlockHead } from './block.ts';

/**
 * A frame: everything that one viewer gets in one tick, as one WebSocket message.
 *
 *     0  u8      version (lower 4 bits) · flags: 16 beat, 32 news
 *     1  u16     check sum of everything behind it (Fletcher-16)
 *     3  u16     tick: time in 0.1 s since 1970, its lower 16 bits
 *     5  beat    where flagged: varint tick, all of it · u8 ms past the tick · varint seq folded in
 *                · varint age of the heartbeat in ms + 1 (0: there has been none) · varint length of a tick in 0.1 s
 *        news    where flagged: text, a JSON object (see FrameNews)
 *        blocks  until the end
 */
export const frameVersion = 2;
const flagBeat = 16;
const flagNews = 32;
const headBytes = 5;
export const tickMs = 100;

/** Once a second: proof of the way from door to picture, and where the record stands. */
export interface Beat {
  /** Server time of the frame, ms since 1970. */
  readonly atMs: number;
  readonly seq: number;
  /** Fix time of the newest heartbeat; undefined before the first. */
  readonly heartbeatMs: number | undefined;
  /** How long a tick is now: longer than 0.1 s under load. */
  readonly tickLengthMs: number;
}

export interface FrameParts {
  readonly tickDs: number;
  readonly beat?: Beat | undefined;
  /** JSON text of the news, made elsewhere and shared by many viewers. */
  readonly news?: string | undefined;
  readonly blocks: readonly Uint8Array[];
}

const encoder = new TextEncoder();

/** The bytes of a frame, with `room` bytes free in front for the transport's own header. */
export function writeFrame({ tickDs, beat, news, blocks }: FrameParts, room = 0): Uint8Array {
  const head = new ByteWriter(64);
  head.u8(frameVersion | (beat ? flagBeat : 0) | (news === undefined ? 0 : flagNews));
  head.u16(0);
  head.u16(tickDs % 0x10000);
  if (beat) writeBeat(head, tickDs, beat);
  const text = news === undefined ? undefined : encoder.encode(news);
  if (text) head.varint(text.length);
  const size = blocks.reduce((sum, block) => sum + block.length, head.length + (text?.length ?? 0));
  const frame = new Uint8Array(room + size);
  let at = room;
  for (const part of [head.bytes.subarray(0, head.length), ...(text ? [text] : []), ...blocks]) {
    frame.set(part, at);
    at += part.length;
  }
  const sum = checkSum(frame, room + 3);
  frame[room + 1] = sum & 0xff;
  frame[room + 2] = sum >>> 8;
  return frame;
}

function writeBeat(out: ByteWriter, tickDs: number, beat: Beat): void {
  out.varint(tickDs);
  out.u8(Math.max(0, Math.min(255, beat.atMs - tickDs * tickMs)));
  out.varint(beat.seq);
  out.varint(beat.heartbeatMs === undefined ? 0 : 1 + Math.max(0, Math.round(beat.atMs - beat.heartbeatMs)));
  out.varint(Math.round(beat.tickLengthMs / 100));
}

export interface Frame {
  readonly bytes: Uint8Array;
  readonly tickDs: number;
  readonly beat?: Beat;
  readonly news?: unknown;
  readonly blocks: readonly BlockHead[];
}

/**
 * Reads a frame but for the bodies of its blocks. `nearDs` is any time within 54 minutes of the frame's, which tells
 * the upper bits of its tick. Throws WireFault for bytes that are not a frame of this version.
 */
export function readFrame(bytes: Uint8Array, nearDs: number): Frame {
  if (bytes.length < headBytes) throw new WireFault('a frame is too short');
  const input = new ByteReader(bytes);
  const first = input.u8();
  if ((first & 0x0f) !== frameVersion || first > (frameVersion | flagBeat | flagNews)) {
    throw new WireFault('a frame is of a version that is not known');
  }
  if (input.u16() !== checkSum(bytes, 3)) throw new WireFault('the check sum of a frame is wrong');
  let tickDs = nearest(input.u16(), nearDs);
  let beat: Beat | undefined;
  if (first & flagBeat) {
    tickDs = input.varint();
    beat = readBeat(input, tickDs);
  }
  const news = first & flagNews ? parseNews(input.text()) : undefined;
  const blocks: BlockHead[] = [];
  while (!input.isAtEnd) blocks.push(readBlockHead(input));
  return { bytes, tickDs, ...(beat ? { beat } : {}), ...(news === undefined ? {} : { news }), blocks };
}

function readBeat(input: ByteReader, tickDs: number): Beat {
  const atMs = tickDs * tickMs + input.u8();
  const seq = input.varint();
  const age = input.varint();
  const heartbeatMs = age === 0 ? undefined : atMs - age + 1;
  return { atMs, seq, heartbeatMs, tickLengthMs: input.varint() * 100 };
}

function parseNews(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new WireFault('the news of a frame are not JSON');
  }
}

function nearest(low: number, nearDs: number): number {
  const gap = (low - (nearDs % 0x10000) + 0x18000) % 0x10000;
  return nearDs + gap - 0x8000;
}

/** Fletcher-16 (RFC 1146, appendix, with sums modulo 255): tells damage, not malice. */
export function checkSum(bytes: Uint8Array, from: number): number {
  let [low, high] = [0, 0];
  for (let at = from; at < bytes.length;) {
    // 5,000 bytes keep both sums below 2^32.
    const stop = Math.min(bytes.length, at + 5_000);
    for (; at < stop; at++) {
      low += bytes[at] ?? 0;
      high += low;
    }
    low %= 255;
    high %= 255;
  }
  return (high << 8) | low;
}
