/**
 * Bytes as the packed wire writes them: unsigned LEB128 varints, zigzag varints for signed numbers, text as varint
 * length and UTF-8. Numbers are whole and below 2^53.
 */
export class ByteWriter {
  bytes: Uint8Array;
  length = 0;

  constructor(room = 1024) {
    this.bytes = new Uint8Array(room);
  }

  clear(): void {
    this.length = 0;
  }

  /** Makes sure that `more` bytes fit, so that the writes of one item need no further look. */
  reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + more));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }

  u8(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  u16(value: number): void {
    this.reserve(2);
    this.bytes[this.length++] = value & 0xff;
    this.bytes[this.length++] = (value >>> 8) & 0xff;
  }

  varint(value: number): void {
    this.reserve(8);
    let rest = value;
    // Beyond 31 bits shifts would cut the number; such numbers are rare.
    while (rest > 0x7fffffff) {
      this.bytes[this.length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    while (rest >= 0x80) {
      this.bytes[this.length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.bytes[this.length++] = rest;
  }

  zigzag(value: number): void {
    this.varint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  text(value: string): void {
    this.raw(encoder.encode(value), true);
  }

  raw(bytes: Uint8Array, withLength = false): void {
    if (withLength) this.varint(bytes.length);
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** A copy of what has been written. */
  done(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }
}

/** Thrown for bytes that are not what they should be. */
export class WireFault extends Error {}

export class ByteReader {
  at: number;
  readonly end: number;
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  get isAtEnd(): boolean {
    return this.at >= this.end;
  }

  u8(): number {
    if (this.at >= this.end) throw new WireFault('the bytes end too early');
    return this.bytes[this.at++] ?? 0;
  }

  u16(): number {
    return this.u8() | (this.u8() << 8);
  }

  varint(): number {
    let byte = this.u8();
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    let scale = 0x80;
    for (;;) {
      byte = this.u8();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) break;
      scale *= 0x80;
      if (scale > 2 ** 49) throw new WireFault('a number is too long');
    }
    if (value > Number.MAX_SAFE_INTEGER) throw new WireFault('a number is too large');
    return value;
  }

  zigzag(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** A count of things of at least `leastBytes` each; more than can follow is damage and must not allocate. */
  count(leastBytes = 1): number {
    const count = this.varint();
    if (count * leastBytes > this.end - this.at) throw new WireFault('a count is larger than what follows');
    return count;
  }

  text(): string {
    const length = this.count();
    const start = this.at;
    this.at += length;
    return decoder.decode(this.bytes.subarray(start, this.at));
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
