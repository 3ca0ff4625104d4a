import type { FixBatchHead } from '../../shared/model/fix-batch.ts';
import { absent, type FixColumns } from '../../shared/model/fix-columns.ts';
import { heartbeatUnitId } from '../../shared/model/unit.ts';
import { liveAtMs } from '../../shared/rules/age.ts';
import type { Receipt } from './live-fix.ts';
import type { Change, EntryPlace, Folded, LiveFix, Picture, Unit } from './picture.ts';
import { enterUnit, slotOfId, type MovedUnits } from './roster.ts';

/** How many reporters a unit remembers; beyond that the oldest is forgotten. */
const maxReporters = 16;

/** What an id of a batch stands for, where it is not the slot of a unit. */
const notLookedAt = -1;
const unknown = -2;
const heartbeat = -3;

/**
 * Folds the fixes of one entry. Newer than the live fix: the unit moves. Older: into the track only. Same unit,
 * device and time: duplicate when all of it is the same, conflict when not. A unit that comes into being is a
 * change; one that moves is noted in `moved`.
 */
export function foldFixes(
  picture: Picture,
  head: FixBatchHead,
  columns: FixColumns,
  place: EntryPlace,
  moved: MovedUnits,
): Folded {
  const { roster, liveFixes, tracks, fixCounts } = picture;
  const verdict = {
    accepted: 0,
    duplicates: 0,
    late: 0,
    conflicts: [] as number[],
    unknownUnits: [] as number[],
  };
  const changes = new Map<string, Change>();
  const from: Receipt = { receivedAtMs: place.atMs, by: liveFixes.sameText(head.author.id) };
  const slots = slotsFor(columns.ids.count);
  const devices: string[] = [];
  let lastSlot = -1;
  for (let row = 0; row < columns.length; row++) {
    const id = columns.unit[row] ?? 0;
    let slot = slots[id] ?? unknown;
    if (slot === notLookedAt) slot = slots[id] = slotOf(picture, columns, id, lastSlot + 1);
    lastSlot = slot;
    if (slot === unknown && head.mayRegister)
      slot = slots[id] = enterUnregistered(picture, columns.ids.text(id), place, changes);
    const unit = roster[slot];
    if (!unit) {
      if (slot === heartbeat) foldHeartbeat(picture, columns.timeMs[row] ?? 0, place, changes);
      else verdict.unknownUnits.push(row);
      continue;
    }
    picture.freeze?.keep(slot);
    const deviceAt = columns.device[row] ?? absent;
    const device = deviceAt === absent ? from.by : (devices[deviceAt] ??= columns.ids.text(deviceAt));
    const seen = tracks.insert(unit, columns, row, device, place.atMs);
    if (seen === 'duplicate') verdict.duplicates++;
    else if (seen === 'conflict') verdict.conflicts.push(row);
    else {
      verdict.accepted++;
      fixCounts.add(liveAtMs(columns.timeMs[row] ?? 0, place.atMs));
      if (moveUnit(picture, unit, columns, row, device, from, place)) moved.note(slot);
      else verdict.late++;
    }
  }
  return { verdict: { kind: 'fixes', ...verdict }, changes: [...changes.values()] };
}

let slotsOfIds = new Int32Array(64);

/** Room for the slot of every id of a batch, none looked at yet. Used again, since no two foldings interleave. */
function slotsFor(ids: number): Int32Array {
  if (ids > slotsOfIds.length) slotsOfIds = new Int32Array(ids * 2);
  slotsOfIds.fill(notLookedAt, 0, ids);
  return slotsOfIds;
}

function slotOf(picture: Picture, { ids }: FixColumns, place: number, guess: number): number {
  const slot = slotOfId(picture, ids, place, guess);
  if (slot >= 0) return slot;
  return ids.text(place) === heartbeatUnitId ? heartbeat : unknown;
}

/** What the fold may write of a unit; everybody else only reads. */
interface MovingUnit {
  live: LiveFix | undefined;
  reporters: readonly string[];
  changedSeq: number;
}

/** Moves the live marker when the fix is newer; a late one never moves it back. */
function moveUnit(
  { liveFixes }: Picture,
  unit: Unit,
  columns: FixColumns,
  row: number,
  device: string,
  from: Receipt,
  place: EntryPlace,
): boolean {
  const { slot } = unit;
  const timeMs = columns.timeMs[row] ?? 0;
  if (unit.live) {
    const lastMs = liveFixes.timeMs(slot);
    if (!isNewer(timeMs, place.atMs, lastMs, liveFixes.receivedAtMs(slot))) return false;
  }
  const moving: MovingUnit = unit;
  liveFixes.write(slot, columns, row, device, from);
  moving.live ??= liveFixes.at(slot, unit.id);
  if (!unit.reporters.includes(from.by)) moving.reporters = [...unit.reporters, from.by].slice(-maxReporters);
  moving.changedSeq = place.seq;
  return true;
}

/** Newer by the time that counts; fixes from a clock that runs ahead all count as now, so their own time decides. */
function isNewer(timeMs: number, receivedAtMs: number, lastMs: number, lastReceivedAtMs: number): boolean {
  const next = liveAtMs(timeMs, receivedAtMs);
  const last = liveAtMs(lastMs, lastReceivedAtMs);
  return next > last || (next === last && timeMs > lastMs);
}

/** Brings a unit into being that nobody has registered; answers its slot. */
function enterUnregistered(
  picture: Picture,
  id: string,
  place: EntryPlace,
  changes: Map<string, Change>,
): number {
  changes.set(`units ${id}`, { kind: 'units', id });
  const unit = enterUnit(picture, {
    id,
    callsign: id,
    kind: 'other',
    sector: undefined,
    reportEveryS: undefined,
    staleAfterS: undefined,
    capabilities: [],
    registered: false,
    live: undefined,
    reporters: [],
    changedSeq: place.seq,
  });
  return unit.slot;
}

/** The heartbeat goes the way of a position up to here; it is no unit of the mission and has no track. */
function foldHeartbeat(
  picture: Picture,
  timeMs: number,
  place: EntryPlace,
  changes: Map<string, Change>,
): void {
  picture.heartbeat = { timeMs, receivedAtMs: place.atMs, seq: place.seq };
  changes.set(heartbeatUnitId, { kind: 'heartbeat', id: heartbeatUnitId });
}
