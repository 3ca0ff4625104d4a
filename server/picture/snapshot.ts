import { decode, encode } from '@msgpack/msgpack';
import type { Shelf } from '../record/record.ts';
import { foldVersion } from './fold.ts';
import type { Picture } from './picture.ts';
import { Tracks, type TrackColumns } from './tracks.ts';

/**
 * Snapshots of the picture on the record's shelf, so that a start folds only the tail behind them. A snapshot is a
 * convenience: one that is missing, damaged, of another fold version or another epoch is passed over and the whole
 * record is folded instead. Stored in pieces, because a shelf is made for small things:
 *
 *     snapshot/head            msgpack {version, epoch, seq, pieces, id}
 *     snapshot/<id>/<number>   one piece of the msgpack body
 */
const pieceBytes = 512 * 1024;
const headKey = 'snapshot/head';

interface Head {
  readonly version: number;
  readonly epoch: string;
  readonly seq: number;
  readonly pieces: number;
  readonly id: string;
}

type SavedColumns = { readonly [K in keyof TrackColumns]: K extends 'length' ? number : Uint8Array };

interface Body {
  readonly units: Array<[string, unknown]>;
  readonly alerts: Array<[string, unknown]>;
  readonly threats: Array<[string, unknown]>;
  readonly places: Array<[string, unknown]>;
  readonly alertSerials: Array<[string, number]>;
  readonly heartbeat: Picture['heartbeat'] | null;
  readonly passedOver: number;
  readonly tracks: ReadonlyArray<{ unit: string; devices: readonly string[]; columns: SavedColumns }>;
}

export async function saveSnapshot(shelf: Shelf, epoch: string, picture: Picture): Promise<void> {
  const id = `${epoch}-${picture.seq}`;
  const bytes = encode(bodyOf(picture), { ignoreUndefined: true });
  const pieces = Math.ceil(bytes.length / pieceBytes);
  const head: Head = { version: foldVersion, epoch, seq: picture.seq, pieces, id };
  for (let piece = 0; piece < pieces; piece++) {
    const part = bytes.subarray(piece * pieceBytes, (piece + 1) * pieceBytes);
    await shelf.put(`snapshot/${id}/${piece}`, part);
  }
  const old = await readHead(shelf);
  await shelf.put(headKey, encode(head));
  if (old && old.id !== id) {
    for (let piece = 0; piece < old.pieces; piece++) await shelf.delete(`snapshot/${old.id}/${piece}`);
  }
}

/** The picture of the last snapshot of this epoch, or undefined where there is none to be used. */
export async function loadSnapshot(shelf: Shelf, epoch: string): Promise<Picture | undefined> {
  const head = await readHead(shelf);
  if (!head || head.version !== foldVersion || head.epoch !== epoch) return undefined;
  const parts: Uint8Array[] = [];
  for (let piece = 0; piece < head.pieces; piece++) {
    const part = await shelf.get(`snapshot/${head.id}/${piece}`);
    if (!part) return undefined;
    parts.push(part);
  }
  try {
    return pictureOf(decode(Buffer.concat(parts)) as Body, head.seq); // written by bodyOf of the same version
  } catch {
    return undefined;
  }
}

async function readHead(shelf: Shelf): Promise<Head | undefined> {
  const bytes = await shelf.get(headKey);
  if (!bytes) return undefined;
  try {
    return decode(bytes) as Head; // written by saveSnapshot; a stranger's bytes fail the version check
  } catch {
    return undefined;
  }
}

function bodyOf(picture: Picture): Body {
  return {
    units: [...picture.units],
    alerts: [...picture.alerts],
    threats: [...picture.threats],
    places: [...picture.places],
    alertSerials: [...picture.alertSerials],
    heartbeat: picture.heartbeat ?? null,
    passedOver: picture.passedOver,
    tracks: picture.tracks.toColumns().map((track) => ({ ...track, columns: saved(track.columns) })),
  };
}

function pictureOf(body: Body, seq: number): Picture {
  return {
    seq,
    units: new Map(body.units as Array<[string, never]>), // the maps hold what bodyOf put there
    alerts: new Map(body.alerts as Array<[string, never]>),
    threats: new Map(body.threats as Array<[string, never]>),
    places: new Map(body.places as Array<[string, never]>),
    alertSerials: new Map(body.alertSerials),
    heartbeat: body.heartbeat ?? undefined,
    passedOver: body.passedOver,
    tracks: Tracks.fromColumns(body.tracks.map((track) => ({ ...track, columns: restored(track.columns) }))),
  };
}

/** Raw little-endian bytes of the columns, trimmed to the length in use. */
function saved(columns: TrackColumns): SavedColumns {
  const bytes = (view: Exclude<TrackColumns[keyof TrackColumns], number>): Uint8Array =>
    new Uint8Array(view.buffer, view.byteOffset, columns.length * view.BYTES_PER_ELEMENT);
  return {
    length: columns.length,
    timeMs: bytes(columns.timeMs),
    lonE7: bytes(columns.lonE7),
    latE7: bytes(columns.latE7),
    courseCentideg: bytes(columns.courseCentideg),
    speedCmps: bytes(columns.speedCmps),
    device: bytes(columns.device),
    restHash: bytes(columns.restHash),
  };
}

function restored(columns: SavedColumns): TrackColumns {
  // A copy gives each typed array a buffer of its own, aligned for its element size.
  const buffer = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;
  return {
    length: columns.length,
    timeMs: new Float64Array(buffer(columns.timeMs)),
    lonE7: new Int32Array(buffer(columns.lonE7)),
    latE7: new Int32Array(buffer(columns.latE7)),
    courseCentideg: new Uint16Array(buffer(columns.courseCentideg)),
    speedCmps: new Uint16Array(buffer(columns.speedCmps)),
    device: new Uint8Array(buffer(columns.device)),
    restHash: new Uint32Array(buffer(columns.restHash)),
  };
}
