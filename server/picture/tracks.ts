import { absent, degreesE7, type FixColumns } from '../../shared/model/fix-columns.ts';
import type { PackedTrack } from './packed-track.ts';
import { RowPool } from './row-pool.ts';
import { noMotion, Track, type TrackRow } from './track.ts';

/**
 * How far back fixes are indexed for duplicates and tracks. Older ones are in the record only: one that is sent again
 * is recorded again, and moves nothing.
 */
export const trackHorizonMs = 8 * 24 * 3600 * 1000;

/**
 * Devices that one unit may have; whatever comes after counts as one more device together. Device ids come from
 * outside: without a limit a phone with made-up ones could put any number of fixes at one time, and every search
 * there would grow with them.
 */
const maxDevices = 32;

export interface TrackPoint {
  readonly timeMs: number;
  readonly lon: number;
  readonly lat: number;
  readonly courseDeg?: number;
  readonly speedMps?: number;
}

export type FixVerdict = 'accepted' | 'duplicate' | 'conflict';

/** Which unit's track: the id, and the slot by which it is found quickly. */
export interface TrackOwner {
  readonly id: string;
  readonly slot: number;
}

/**
 * Where every unit has been: one compact track per unit (24 bytes a fix). It answers two questions: has this fix been
 * seen, and what is the track between two times.
 */
export class Tracks {
  private readonly byUnit = new Map<string, Track>();
  private readonly bySlot: Array<Track | undefined> = [];
  private readonly pool = new RowPool();
  private readonly row: TrackRow = newRow();
  private readonly seen: TrackRow = newRow();
  /** Rows added since tracks were last looked through for what is beyond the horizon. */
  private addedSinceSweep = 0;

  /** Puts a row of fixes in its place, or says that the same or another one is there already. */
  insert(owner: TrackOwner, columns: FixColumns, index: number, device: string, nowMs: number): FixVerdict {
    const timeMs = columns.timeMs[index] ?? 0;
    if (timeMs < nowMs - trackHorizonMs) return 'accepted';
    const track = this.bySlot[owner.slot] ?? this.open(owner);
    const { row } = this;
    readFix(row, columns, index, deviceNumber(track.devices, device));
    if (track.endsBefore(timeMs)) track.append(row);
    else {
      if (track.find(timeMs, row.device, this.seen)) return verdictOn(row, this.seen);
      track.insert(row);
    }
    this.sweepSometimes(nowMs);
    return 'accepted';
  }

  /** What `insert` would say, without inserting. */
  look(slot: number, columns: FixColumns, index: number, device: string): FixVerdict {
    const track = this.bySlot[slot];
    const timeMs = columns.timeMs[index] ?? 0;
    if (!track || track.endsBefore(timeMs)) return 'accepted';
    const number = track.devices.indexOf(device);
    if (number < 0 || !track.find(timeMs, number, this.seen)) return 'accepted';
    readFix(this.row, columns, index, number);
    return verdictOn(this.row, this.seen);
  }

  /** The points with `fromMs ≤ time ≤ toMs`, oldest first. */
  between(unit: string, fromMs: number, toMs: number): TrackPoint[] {
    const points: TrackPoint[] = [];
    const row = newRow();
    this.byUnit.get(unit)?.forEachFrom(fromMs, row, () => {
      if (row.timeMs > toMs) return false;
      points.push(pointOf(row));
      return true;
    });
    return points;
  }

  /** The newest point not after a time. */
  lastBefore(unit: string, timeMs: number): TrackPoint | undefined {
    const row = newRow();
    return this.byUnit.get(unit)?.lastBefore(timeMs, row) ? pointOf(row) : undefined;
  }

  delete({ id, slot }: TrackOwner): void {
    this.byUnit.get(id)?.end();
    this.byUnit.delete(id);
    this.bySlot[slot] = undefined;
  }

  get fixes(): number {
    let sum = 0;
    for (const track of this.byUnit.values()) sum += track.length;
    return sum;
  }

  /** A copy of a track, for snapshots; undefined where there is none. */
  pack(slot: number): PackedTrack | undefined {
    const track = this.bySlot[slot];
    return track && { devices: [...track.devices], length: track.length, bytes: track.toBytes() };
  }

  /** Puts back a track that was packed. */
  take(owner: TrackOwner, { devices, bytes }: PackedTrack): void {
    const track = this.open(owner);
    track.devices.push(...devices);
    track.fill(bytes);
  }

  private open({ id, slot }: TrackOwner): Track {
    const track = new Track(this.pool);
    this.byUnit.set(id, track);
    while (this.bySlot.length < slot) this.bySlot.push(undefined);
    this.bySlot[slot] = track;
    return track;
  }

  /** Looks through all tracks now and then, so that no fix pays for it, and by count, so that every server agrees. */
  private sweepSometimes(nowMs: number): void {
    if (++this.addedSinceSweep < sweepEvery + this.byUnit.size * 64) return;
    this.addedSinceSweep = 0;
    for (const track of this.byUnit.values()) track.dropBefore(nowMs - trackHorizonMs);
  }
}

const sweepEvery = 100_000;

function newRow(): TrackRow {
  const row = { timeMs: 0, device: 0, lonE7: 0, latE7: 0, courseCentideg: 0, speedCmps: 0, restHash: 0 };
  return row;
}

function deviceNumber(devices: string[], device: string): number {
  const known = devices.indexOf(device);
  if (known >= 0) return known;
  return devices.length < maxDevices ? devices.push(device) - 1 : maxDevices;
}

function readFix(row: TrackRow, columns: FixColumns, index: number, device: number): void {
  const course = columns.course[index] ?? absent;
  const speed = columns.speed[index] ?? absent;
  row.timeMs = columns.timeMs[index] ?? 0;
  row.device = device;
  row.lonE7 = columns.lonE7[index] ?? 0;
  row.latE7 = columns.latE7[index] ?? 0;
  row.courseCentideg = course === absent ? noMotion : course;
  row.speedCmps = speed === absent ? noMotion : Math.min(noMotion - 1, speed);
  row.restHash = hashRest(columns, index, speed);
}

/** Steps that each can be undone: two fixes that differ in one field only never come out the same. */
function hashRest(columns: FixColumns, index: number, speed: number): number {
  let hash = stir(0x811c9dc5, columns.altitude[index] ?? absent);
  hash = stir(hash, columns.accuracy[index] ?? absent);
  hash = stir(hash, columns.battery[index] ?? absent);
  return stir(hash, speed);
}

function stir(hash: number, value: number): number {
  const mixed = Math.imul(hash ^ value, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}

function verdictOn(row: TrackRow, seen: TrackRow): FixVerdict {
  return row.lonE7 === seen.lonE7 &&
    row.latE7 === seen.latE7 &&
    row.courseCentideg === seen.courseCentideg &&
    row.restHash === seen.restHash
    ? 'duplicate'
    : 'conflict';
}

function pointOf(row: TrackRow): TrackPoint {
  return {
    timeMs: row.timeMs,
    lon: row.lonE7 / degreesE7,
    lat: row.latE7 / degreesE7,
    ...(row.courseCentideg === noMotion ? {} : { courseDeg: row.courseCentideg / 100 }),
    ...(row.speedCmps === noMotion ? {} : { speedMps: row.speedCmps / 100 }),
  };
}
