import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

export interface Message {
  readonly isText: boolean;
  readonly body: Buffer;
}

interface Handlers {
  opened(): void;
  /** Every message that is read: all of a judge's, only the short ones of the others. */
  message(message: Message): void;
  /** Every message, read or not: bytes without the head of the WebSocket frame. */
  counted(bytes: number): void;
  closed(): void;
}

const shortBytes = 2_048;
const opText = 1;
const opClose = 8;
const opPing = 9;
const opPong = 10;

/**
 * A WebSocket client that does as little as can be, so that one process can be a thousand viewers: it reads the heads
 * of frames and passes over long bodies unread. No extensions, no fragments, no masks from the server: what our peers
 * send.
 */
export class LightSocket {
  readonly #socket: Socket;
  readonly #handlers: Handlers;
  readonly #readsAll: boolean;
  #isOpen = false;
  #rest: Buffer = Buffer.alloc(0);
  /** Bytes of a long body that are still to be passed over. */
  #toPass = 0;
  /** Pieces of a body that is to be read. */
  #pieces: Buffer[] = [];
  #toRead = 0;
  #op = 0;

  constructor(port: number, path: string, readsAll: boolean, handlers: Handlers) {
    this.#handlers = handlers;
    this.#readsAll = readsAll;
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.write(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
    );
    this.#socket.on('data', (piece: Buffer) => this.#take(piece));
    this.#socket.on('error', () => undefined);
    this.#socket.on('close', () => handlers.closed());
  }

  say(body: string | Uint8Array): void {
    this.#send(typeof body === 'string' ? opText : 2, Buffer.from(body));
  }

  /** Takes nothing more from the line. */
  pause(): void {
    this.#socket.pause();
  }

  close(): void {
    this.#socket.destroy();
  }

  /** What has been said and is not yet on the line. */
  get waitingBytes(): number {
    return this.#socket.writableLength;
  }

  #send(op: number, body: Buffer): void {
    const wide = body.length > 65_535 ? 8 : body.length > 125 ? 2 : 0;
    // A mask of zeros is a mask; it saves the load process the work.
    const frame = Buffer.alloc(2 + wide + 4 + body.length);
    frame[0] = 0x80 | op;
    frame[1] = 0x80 | (wide === 8 ? 127 : wide === 2 ? 126 : body.length);
    if (wide === 2) frame.writeUInt16BE(body.length, 2);
    if (wide === 8) frame.writeBigUInt64BE(BigInt(body.length), 2);
    body.copy(frame, 2 + wide + 4);
    this.#socket.write(frame);
  }

  #take(piece: Buffer): void {
    let data = piece;
    if (this.#rest.length > 0) {
      data = Buffer.concat([this.#rest, piece]);
      this.#rest = Buffer.alloc(0);
    }
    let at = this.#isOpen ? 0 : this.#takeAnswer(data);
    while (at >= 0 && at < data.length) at = this.#step(data, at);
  }

  /** Where the frames begin; -1 while the answer to the upgrade is not whole. */
  #takeAnswer(data: Buffer): number {
    const end = data.indexOf('\r\n\r\n');
    if (end < 0) {
      this.#rest = data;
      return -1;
    }
    if (!data.toString('latin1', 0, 12).endsWith('101')) {
      this.#socket.destroy();
      return -1;
    }
    this.#isOpen = true;
    this.#handlers.opened();
    return end + 4;
  }

  /** Takes what it can from `at`; answers where to go on, or -1 when more bytes must come first. */
  #step(data: Buffer, at: number): number {
    if (this.#toPass > 0) {
      const passed = Math.min(this.#toPass, data.length - at);
      this.#toPass -= passed;
      return at + passed;
    }
    if (this.#toRead > 0) return this.#read(data, at);
    return this.#head(data, at);
  }

  #head(data: Buffer, at: number): number {
    const short = (data[at + 1] ?? 0) & 0x7f;
    const wide = short === 127 ? 8 : short === 126 ? 2 : 0;
    if (data.length < at + 2 + wide) {
      this.#rest = data.subarray(at);
      return -1;
    }
    const length =
      wide === 0 ? short : wide === 2 ? data.readUInt16BE(at + 2) : Number(data.readBigUInt64BE(at + 2));
    this.#op = (data[at] ?? 0) & 0x0f;
    if (this.#op <= 2) this.#handlers.counted(length);
    if (this.#readsAll || length <= shortBytes) this.#toRead = length;
    else this.#toPass = length;
    if (length === 0) this.#hear(Buffer.alloc(0));
    return at + 2 + wide;
  }

  #read(data: Buffer, at: number): number {
    const piece = data.subarray(at, at + this.#toRead);
    this.#toRead -= piece.length;
    if (this.#toRead > 0 || this.#pieces.length > 0) this.#pieces.push(piece);
    if (this.#toRead === 0) {
      const body = this.#pieces.length > 0 ? Buffer.concat(this.#pieces) : piece;
      this.#pieces = [];
      this.#hear(body);
    }
    return at + piece.length;
  }

  #hear(body: Buffer): void {
    if (this.#op === opPing) this.#send(opPong, body);
    else if (this.#op === opClose) this.#socket.destroy();
    else if (this.#op <= 2) this.#handlers.message({ isText: this.#op === opText, body });
  }
}
