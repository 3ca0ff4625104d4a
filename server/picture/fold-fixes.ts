import type { FixBatch } from '../../shared/model/entry.ts';
import { quantise } from '../../shared/model/fix-batch.ts';
import type { Fix } from '../../shared/model/position.ts';
import { heartbeatUnitId } from '../../shared/model/unit.ts';
import { liveAtMs } from '../../shared/rules/age.ts';
import type { EntryPlace, Change, Folded, Picture, Unit } from './picture.ts';

/** How many reporters a unit remembers; beyond that the oldest is forgotten. */
const maxReporters = 16;

/**
 * Folds the fixes of one entry. Newer than the live fix: the unit moves. Older: into the track only. Same unit,
 * device and time: duplicate when all of it is the same, conflict when not.
 */
export function foldFixes(picture: Picture, batch: FixBatch, place: EntryPlace): Folded {
  const verdict = {
    accepted: 0,
    duplicates: 0,
    late: 0,
    conflicts: [] as number[],
    unknownUnits: [] as number[],
  };
  const moved = new Map<string, Change>();
  batch.fixes.forEach((raw, index) => {
    if (raw.unit === heartbeatUnitId) {
      foldHeartbeat(picture, raw, place, moved);
      return;
    }
    const fix = quantise(raw);
    const unit =
      picture.units.get(fix.unit) ?? (batch.mayRegister ? unregistered(fix.unit, place) : undefined);
    if (!unit) {
      verdict.unknownUnits.push(index);
      return;
    }
    const seen = picture.tracks.insert(fix, place.atMs);
    if (seen === 'duplicate') verdict.duplicates++;
    else if (seen === 'conflict') verdict.conflicts.push(index);
    else {
      verdict.accepted++;
      if (moveUnit(picture, unit, fix, batch.author.id, place))
        moved.set(unit.id, { kind: 'units', id: unit.id });
      else verdict.late++;
    }
  });
  return { verdict: { kind: 'fixes', ...verdict }, changes: [...moved.values()] };
}

/** Moves the live marker when the fix is newer; a late one never moves it back. */
function moveUnit(picture: Picture, unit: Unit, fix: Fix, by: string, place: EntryPlace): boolean {
  const live = unit.live;
  if (live && !isNewer(fix, live, place)) return false;
  const reporters = unit.reporters.includes(by)
    ? unit.reporters
    : [...unit.reporters, by].slice(-maxReporters);
  picture.units.set(unit.id, {
    ...unit,
    live: { ...fix, receivedAtMs: place.atMs, by },
    reporters,
    changedSeq: place.seq,
  });
  return true;
}

/** Newer by the time that counts; fixes from a clock that runs ahead all count as now, so their own time decides. */
function isNewer(fix: Fix, live: NonNullable<Unit['live']>, place: EntryPlace): boolean {
  const [next, last] = [liveAtMs(fix.timeMs, place.atMs), liveAtMs(live.timeMs, live.receivedAtMs)];
  return next > last || (next === last && fix.timeMs > live.timeMs);
}

function unregistered(id: string, place: EntryPlace): Unit {
  return {
    id,
    callsign: id,
    kind: 'other',
    capabilities: [],
    registered: false,
    reporters: [],
    changedSeq: place.seq,
  };
}

/** The heartbeat goes the way of a position up to here; it is no unit of the mission and has no track. */
function foldHeartbeat(picture: Picture, fix: Fix, place: EntryPlace, moved: Map<string, Change>): void {
  picture.heartbeat = { timeMs: fix.timeMs, receivedAtMs: place.atMs, seq: place.seq };
  moved.set(heartbeatUnitId, { kind: 'heartbeat', id: heartbeatUnitId });
}
