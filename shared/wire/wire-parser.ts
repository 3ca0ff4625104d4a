import { Decoder as StockDecoder, Encoder as StockEncoder, PacketType, type Packet } from 'socket.io-parser';

/**
 * Socket.IO parser of the path `/wire`: everything as the stock parser has it, but for the events that carry bytes.
 * The stock parser sends those as two WebSocket frames and cannot share them between viewers; here one event is one
 * binary message: `frame` from the server, `fixes` (with the number of its acknowledgment) from the client.
 *
 *     to the client   the frame itself, nothing before it
 *     to the server   u32 number of the acknowledgment, little-endian · packed fixes
 */
const ackBytes = 4;

export class ServerEncoder extends StockEncoder {
  override encode(packet: Packet): ReturnType<StockEncoder['encode']> {
    const [event, bytes] = eventOf(packet);
    return event === 'frame' && bytes instanceof Uint8Array ? [bytes] : super.encode(packet);
  }
}

export class ClientEncoder extends StockEncoder {
  override encode(packet: Packet): ReturnType<StockEncoder['encode']> {
    const [event, bytes] = eventOf(packet);
    if (event !== 'fixes' || !(bytes instanceof Uint8Array)) return super.encode(packet);
    const message = new Uint8Array(ackBytes + bytes.length);
    new DataView(message.buffer).setUint32(0, packet.id ?? 0, true);
    message.set(bytes, ackBytes);
    return [message];
  }
}

/** What the client hears. */
export class ClientDecoder extends StockDecoder {
  override add(message: unknown): void {
    const bytes = bytesOf(message);
    if (bytes) this.emitReserved('decoded', event(['frame', bytes]));
    else super.add(message);
  }
}

/** What the server hears. A binary message that is too short to be one ends this viewer's session only. */
export class ServerDecoder extends StockDecoder {
  override add(message: unknown): void {
    const bytes = bytesOf(message);
    if (!bytes) {
      super.add(message);
      return;
    }
    if (bytes.length < ackBytes) throw new Error('a binary message is too short');
    const id = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    this.emitReserved('decoded', { ...event(['fixes', bytes.subarray(ackBytes)]), id });
  }
}

export const serverParser = { Encoder: ServerEncoder, Decoder: ServerDecoder };
export const clientParser = { Encoder: ClientEncoder, Decoder: ClientDecoder };

function event(content: unknown[]): Packet {
  return { type: PacketType.EVENT, nsp: '/', data: content };
}

function eventOf({ type, data }: Packet): readonly unknown[] {
  return type === PacketType.EVENT && Array.isArray(data) ? (data as unknown[]) : [];
}

function bytesOf(message: unknown): Uint8Array | undefined {
  if (message instanceof Uint8Array) return message;
  return message instanceof ArrayBuffer ? new Uint8Array(message) : undefined;
}
