import { decodeMulti, Encoder } from '@msgpack/msgpack';
import type { FrozenThing } from './freeze.ts';
import type { PackedTrack } from './packed-track.ts';
import { enterNear } from './fold-near.ts';
import type { Alert, LiveFix, Picture, Unit } from './picture.ts';
import { enterUnit } from './roster.ts';
import { putWatchThing, type Report } from './watch.ts';
import { closedReport, closedWords, mapWords, reopened, reopenedReport, type WordOpener } from './words.ts';

/**
 * How things of the picture lie in a snapshot: each a msgpack array, one after another.
 *
 *     'u'  unit's fields as in `savedUnit`, live fix or nil, devices of the track or nil, its length, its bytes
 *     'a' 't' 'p'  id, alert, threat or place as the picture holds it; sealed words of alerts and reports stay sealed
 *     'v'  id, what the registry knows of a village
 *     'n'  sector and day of a serial number of alerts, the last one given
 *     'r'  heartbeat or nil, entries passed over
 *     'w'  part of the watch, id, the thing as the watch holds it
 *     's'  seq, what was done with a source
 *     'f'  newest quarter of an hour of which fixes are counted, the counts up to it
 */
type Saved = readonly [tag: string, ...rest: unknown[]];

const tags = { threats: 't', places: 'p' } as const;

const encoder = new Encoder({ ignoreUndefined: true });

/** The bytes of one thing, valid until the next call. */
export function encodeThing(thing: FrozenThing): Uint8Array {
  return encoder.encodeSharedRef(savedForm(thing));
}

function savedForm(thing: FrozenThing): Saved {
  switch (thing.kind) {
    case 'unit':
      return ['u', ...savedUnit(thing.unit), ...savedTrack(thing.track)];
    case 'alertSerial':
      return ['n', thing.key, thing.serial];
    case 'village':
      return ['v', thing.id, thing.thing];
    case 'sourceDeed':
      return ['s', thing.id, thing.thing];
    case 'watch':
      return ['w', thing.part, thing.id, closedThing(thing.part, thing.thing)];
    case 'fixCounts':
      return ['f', thing.saved.newest, thing.saved.counts];
    case 'rest':
      return ['r', thing.heartbeat ?? null, thing.passedOver];
    case 'alerts':
      return ['a', thing.id, mapWords(thing.thing as Alert, closedWords)]; // what is kept under alerts
    default:
      return [tags[thing.kind], thing.id, thing.thing];
  }
}

function closedThing(part: string, thing: unknown): unknown {
  return part === 'reports' ? closedReport(thing as Report) : thing; // what is kept under reports
}

function savedUnit(unit: Unit): unknown[] {
  const { id, callsign, kind, sector, reportEveryS, staleAfterS, capabilities } = unit;
  const { registered, reporters, changedSeq, live } = unit;
  return [
    ...[id, callsign, kind, sector, reportEveryS, staleAfterS],
    ...[capabilities, registered, reporters, changedSeq, live ? savedFix(live) : null],
  ];
}

function savedFix(live: LiveFix): unknown[] {
  const { device, timeMs, lon, lat, courseDeg, speedMps, altitudeM } = live;
  return [
    ...[device, timeMs, lon, lat, courseDeg, speedMps, altitudeM],
    ...[live.accuracyM, live.batteryPct, live.receivedAtMs, live.by],
  ];
}

function savedTrack(track: PackedTrack | undefined): unknown[] {
  return track ? [track.devices, track.length, track.bytes] : [null, 0, null];
}

/** Puts the things in `bytes` into a picture. Throws for bytes that are not such things. */
export function decodeThings(bytes: Uint8Array, picture: Picture, words: WordOpener): void {
  // What is read here was written by encodeThing of the same version, and its length was compared.
  for (const saved of decodeMulti(bytes) as Generator<Saved>) place(saved, picture, words);
}

function place(saved: Saved, picture: Picture, words: WordOpener): void {
  const [tag, first, second, third] = saved;
  if (tag === 'u') return placeUnit(saved as SavedUnit, picture);
  const key = String(first);
  if (tag === 'a') placeAlert(reopened(second as Alert, words), picture);
  else if (tag === 't') picture.threats.set(key, second as never);
  else if (tag === 'p') picture.places.set(key, second as never);
  else if (tag === 'v') picture.villages.set(key, second as never);
  else if (tag === 's') picture.sourceDeeds.set(key, second as never);
  else if (tag === 'w') {
    const thing = key === 'reports' ? reopenedReport(third as Report, words) : third;
    putWatchThing(picture.watch, key, String(second), thing);
  } else if (tag === 'n') picture.alertSerials.set(key, Number(second));
  else if (tag === 'f')
    picture.fixCounts.restore({ newest: Number(first), counts: second as readonly number[] });
  else if (tag === 'r') {
    picture.heartbeat = (first as Picture['heartbeat'] | null) ?? undefined;
    picture.passedOver = Number(second);
  } else throw new RangeError('a snapshot holds something unknown');
}

/** Its neighbours are in it; it is put where later ones look for theirs. */
function placeAlert(alert: Alert, picture: Picture): void {
  picture.alerts.set(alert.id, alert);
  enterNear(picture, alert);
}

type SavedUnit = readonly [
  tag: string,
  id: string,
  callsign: string,
  kind: string,
  sector: string | null,
  reportEveryS: number | null,
  staleAfterS: number | null,
  capabilities: readonly string[],
  registered: boolean,
  reporters: readonly string[],
  changedSeq: number,
  live: SavedFix | null,
  devices: readonly string[] | null,
  length: number,
  bytes: Uint8Array | null,
];

type SavedFix = readonly [
  device: string,
  timeMs: number,
  lon: number,
  lat: number,
  courseDeg: number | null,
  speedMps: number | null,
  altitudeM: number | null,
  accuracyM: number | null,
  batteryPct: number | null,
  receivedAtMs: number,
  by: string,
];

// Fields are taken by their place: taking the arrays apart would make more arrays, a hundred thousand times.
function placeUnit(saved: SavedUnit, picture: Picture): void {
  const id = saved[1];
  const live = saved[11];
  const unit = enterUnit(picture, {
    id,
    callsign: saved[2],
    kind: saved[3],
    sector: saved[4] ?? undefined,
    reportEveryS: saved[5] ?? undefined,
    staleAfterS: saved[6] ?? undefined,
    capabilities: saved[7],
    registered: saved[8],
    live: live ? placedFix(id, live) : undefined,
    reporters: saved[9],
    changedSeq: saved[10],
  });
  const [devices, length, bytes] = [saved[12], saved[13], saved[14]];
  if (devices && bytes) picture.tracks.take(unit, { devices, length, bytes });
}

function placedFix(unit: string, saved: SavedFix): LiveFix {
  return {
    unit,
    device: saved[0],
    timeMs: saved[1],
    lon: saved[2],
    lat: saved[3],
    courseDeg: saved[4] ?? undefined,
    speedMps: saved[5] ?? undefined,
    altitudeM: saved[6] ?? undefined,
    accuracyM: saved[7] ?? undefined,
    batteryPct: saved[8] ?? undefined,
    receivedAtMs: saved[9],
    by: saved[10],
  };
}
