import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import type { Shelf } from '../record/record.ts';

/**
 * A snapshot's bytes on the shelf, in pieces, because a shelf is made for small things:
 *
 *     snapshot/<id>/<number>   u8: 0 as it is, 1 deflated; then the bytes
 */
const pieceBytes = 1024 * 1024;
const readAhead = 4;

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** Collects bytes and puts them on the shelf, piece by piece. */
export class PieceWriter {
  readonly #shelf: Shelf;
  readonly #id: string;
  #filling = new Uint8Array(pieceBytes);
  #filled = 0;
  readonly #full: Uint8Array[] = [];
  #written = 0;
  #storedBytes = 0;

  constructor(shelf: Shelf, id: string) {
    this.#shelf = shelf;
    this.#id = id;
  }

  /** How many pieces are on the shelf, and how many bytes they have there. */
  get written(): number {
    return this.#written;
  }
  get storedBytes(): number {
    return this.#storedBytes;
  }

  /** Whether something is ready to be written. */
  get hasFull(): boolean {
    return this.#full.length > 0;
  }

  /** Copies the bytes, which all come into the same piece. */
  add(bytes: Uint8Array): void {
    if (this.#filled > 0 && this.#filled + bytes.length > pieceBytes) this.#close();
    if (bytes.length > pieceBytes) {
      this.#full.push(bytes.slice());
      return;
    }
    this.#filling.set(bytes, this.#filled);
    this.#filled += bytes.length;
  }

  /** Writes what is full. */
  async writeFull(): Promise<void> {
    for (let piece = this.#full.shift(); piece; piece = this.#full.shift()) await this.#write(piece);
  }

  async finish(): Promise<void> {
    if (this.#filled > 0) this.#close();
    await this.writeFull();
  }

  #close(): void {
    this.#full.push(this.#filling.subarray(0, this.#filled));
    this.#filling = new Uint8Array(pieceBytes);
    this.#filled = 0;
  }

  async #write(bytes: Uint8Array): Promise<void> {
    const deflated = await deflate(bytes, { level: 1 });
    const small = deflated.length < bytes.length;
    const stored = Buffer.concat([Uint8Array.of(small ? 1 : 0), small ? deflated : bytes]);
    await this.#shelf.put(keyOf(this.#id, this.#written), stored);
    this.#written++;
    this.#storedBytes += stored.length;
  }
}

/** The pieces in order; the next ones are on their way while one is used. Throws where one is missing or damaged. */
export async function* readPieces(shelf: Shelf, id: string, pieces: number): AsyncGenerator<Uint8Array> {
  const coming: Array<Promise<Uint8Array>> = [];
  for (let next = 0; next < pieces || coming.length > 0;) {
    while (next < pieces && coming.length < readAhead) {
      const piece = readPiece(shelf, keyOf(id, next++));
      piece.catch(() => undefined); // thrown where it is awaited
      coming.push(piece);
    }
    const piece = await coming.shift();
    if (piece) yield piece;
  }
}

async function readPiece(shelf: Shelf, key: string): Promise<Uint8Array> {
  const stored = await shelf.get(key);
  if (!stored || stored.length < 1) throw new RangeError('a piece of the snapshot is missing');
  return plain(stored[0] === 1 ? await inflate(stored.subarray(1)) : stored.subarray(1));
}

/** The same bytes as no Buffer, whose `slice` would give a view where everybody expects a copy. */
function plain(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Takes the pieces off the shelf, up to the first number at which there is none. */
export async function deletePieces(shelf: Shelf, id: string): Promise<void> {
  for (let piece = 0; (await shelf.get(keyOf(id, piece))) !== undefined; piece++)
    await shelf.delete(keyOf(id, piece));
}

function keyOf(id: string, piece: number): string {
  return `snapshot/${id}/${piece}`;
}
