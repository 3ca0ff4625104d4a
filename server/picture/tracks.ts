import type { Fix } from '../../shared/model/position.ts';

/** How far back fixes are indexed for duplicates and tracks. Older ones are in the record only. */
export const trackHorizonMs = 8 * 24 * 3600 * 1000;

const e7 = 1e7;
const none = 0xffff;

/** The columns of one unit's track, sorted by time, then device. Also the form that snapshots keep. */
export interface TrackColumns {
  length: number;
  timeMs: Float64Array;
  lonE7: Int32Array;
  latE7: Int32Array;
  courseCentideg: Uint16Array;
  speedCmps: Uint16Array;
  /** Place in the unit's own list of devices. */
  device: Uint8Array;
  /** Hash of altitude, accuracy and battery, so that "the same fix" means all of it. */
  restHash: Uint32Array;
}

/** A unit's columns with the devices that have reported for it. */
interface Track extends TrackColumns {
  readonly devices: string[];
}

export interface SavedTrack {
  readonly unit: string;
  readonly devices: readonly string[];
  readonly columns: TrackColumns;
}

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

function columns(room: number): TrackColumns {
  return {
    length: 0,
    timeMs: new Float64Array(room),
    lonE7: new Int32Array(room),
    latE7: new Int32Array(room),
    courseCentideg: new Uint16Array(room),
    speedCmps: new Uint16Array(room),
    device: new Uint8Array(room),
    restHash: new Uint32Array(room),
  };
}

const columnNames = [
  'timeMs',
  'lonE7',
  'latE7',
  'courseCentideg',
  'speedCmps',
  'device',
  'restHash',
] as const;

/** FNV-1a over the decimal text of the fields: the same on every machine, and no two likely values collide. */
function hashRest(fix: Fix): number {
  let hash = 0x811c9dc5;
  const text = `${fix.altitudeM ?? ''}|${fix.accuracyM ?? ''}|${fix.batteryPct ?? ''}|${fix.speedMps ?? ''}`;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/**
 * Where every unit has been: one compact, sorted column set per unit (28 bytes a fix). It answers two questions:
 * has this fix been seen, and what is the track between two times.
 */
export class Tracks {
  private readonly byUnit = new Map<string, Track>();

  /** Puts a fix (quantised) in its place, or says that the same or another one is there already. */
  insert(fix: Fix, nowMs: number): FixVerdict {
    if (fix.timeMs < nowMs - trackHorizonMs) return 'accepted';
    const track = this.trackOf(fix.unit);
    const device = deviceNumber(track.devices, fix.device);
    let at = firstNotBefore(track, fix.timeMs);
    for (; at < track.length && track.timeMs[at] === fix.timeMs; at++) {
      if (track.device[at] === device) return sameFix(track, at, fix) ? 'duplicate' : 'conflict';
    }
    this.dropBeyondHorizon(track, nowMs);
    at = firstNotBefore(track, fix.timeMs);
    makeRoom(track, at);
    write(track, at, fix, device);
    return 'accepted';
  }

  /** What `insert` would say, without inserting. */
  look(fix: Fix): FixVerdict {
    const track = this.byUnit.get(fix.unit);
    const device = track ? track.devices.indexOf(fix.device) : -1;
    if (!track || device < 0) return 'accepted';
    for (
      let at = firstNotBefore(track, fix.timeMs);
      track.timeMs[at] === fix.timeMs && at < track.length;
      at++
    ) {
      if (track.device[at] === device) return sameFix(track, at, fix) ? 'duplicate' : 'conflict';
    }
    return 'accepted';
  }

  /** The points with `fromMs ≤ time ≤ toMs`, oldest first. */
  between(unit: string, fromMs: number, toMs: number): TrackPoint[] {
    const track = this.byUnit.get(unit);
    if (!track) return [];
    const points: TrackPoint[] = [];
    for (let at = firstNotBefore(track, fromMs); at < track.length; at++) {
      if ((track.timeMs[at] ?? Infinity) > toMs) break;
      points.push(pointAt(track, at));
    }
    return points;
  }

  /** The newest point not after a time. */
  lastBefore(unit: string, timeMs: number): TrackPoint | undefined {
    const track = this.byUnit.get(unit);
    if (!track) return undefined;
    const at = firstNotBefore(track, timeMs + 1) - 1;
    return at < 0 ? undefined : pointAt(track, at);
  }

  delete(unit: string): void {
    this.byUnit.delete(unit);
  }

  get fixes(): number {
    let sum = 0;
    for (const track of this.byUnit.values()) sum += track.length;
    return sum;
  }

  /** For snapshots: every unit's devices and its columns, trimmed to their length. */
  toColumns(): SavedTrack[] {
    return [...this.byUnit].map(([unit, track]) => ({
      unit,
      devices: [...track.devices],
      columns: copyOf(track, track.length),
    }));
  }

  static fromColumns(saved: readonly SavedTrack[]): Tracks {
    const tracks = new Tracks();
    for (const { unit, devices, columns: held } of saved) {
      tracks.byUnit.set(unit, { ...copyOf(held, held.length), devices: [...devices] });
    }
    return tracks;
  }

  private trackOf(unit: string): Track {
    const known = this.byUnit.get(unit);
    if (known) return known;
    const track: Track = { ...columns(16), devices: [] };
    this.byUnit.set(unit, track);
    return track;
  }

  /** Drops whole quarters only, so that a long track is not copied at every fix. */
  private dropBeyondHorizon(track: TrackColumns, nowMs: number): void {
    const gone = firstNotBefore(track, nowMs - trackHorizonMs);
    if (gone < 64 || gone < track.length / 4) return;
    for (const name of columnNames) track[name].copyWithin(0, gone, track.length);
    track.length -= gone;
  }
}

function deviceNumber(devices: string[], device: string): number {
  const known = devices.indexOf(device);
  if (known >= 0) return known;
  return devices.length < maxDevices ? devices.push(device) - 1 : maxDevices;
}

function firstNotBefore(track: TrackColumns, timeMs: number): number {
  let low = 0;
  let high = track.length;
  if (high > 0 && (track.timeMs[high - 1] ?? 0) < timeMs) return high;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((track.timeMs[middle] ?? 0) < timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

function copyOf(track: TrackColumns, room: number): TrackColumns {
  const copy = columns(Math.max(room, 16));
  for (const name of columnNames) copy[name].set(track[name].subarray(0, track.length));
  copy.length = track.length;
  return copy;
}

function makeRoom(track: TrackColumns, at: number): void {
  if (track.length === track.timeMs.length) Object.assign(track, copyOf(track, track.length * 2));
  for (const name of columnNames) track[name].copyWithin(at + 1, at, track.length);
  track.length++;
}

function write(track: TrackColumns, at: number, fix: Fix, device: number): void {
  track.timeMs[at] = fix.timeMs;
  track.lonE7[at] = Math.round(fix.lon * e7);
  track.latE7[at] = Math.round(fix.lat * e7);
  track.courseCentideg[at] = fix.courseDeg === undefined ? none : Math.round(fix.courseDeg * 100);
  track.speedCmps[at] =
    fix.speedMps === undefined ? none : Math.min(none - 1, Math.round(fix.speedMps * 100));
  track.device[at] = device;
  track.restHash[at] = hashRest(fix);
}

function sameFix(track: TrackColumns, at: number, fix: Fix): boolean {
  const course = fix.courseDeg === undefined ? none : Math.round(fix.courseDeg * 100);
  return (
    track.lonE7[at] === Math.round(fix.lon * e7) &&
    track.latE7[at] === Math.round(fix.lat * e7) &&
    track.courseCentideg[at] === course &&
    track.restHash[at] === hashRest(fix)
  );
}

function pointAt(track: TrackColumns, at: number): TrackPoint {
  const course = track.courseCentideg[at] ?? none;
  const speed = track.speedCmps[at] ?? none;
  return {
    timeMs: track.timeMs[at] ?? 0,
    lon: (track.lonE7[at] ?? 0) / e7,
    lat: (track.latE7[at] ?? 0) / e7,
    ...(course === none ? {} : { courseDeg: course / 100 }),
    ...(speed === none ? {} : { speedMps: speed / 100 }),
  };
}
