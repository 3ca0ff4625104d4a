import { absent } from '../../shared/model/fix-columns.ts';
import type { UnitAbout, UnitDetail } from '../../shared/model/unit-wire.ts';
import { liveAtMs } from '../../shared/rules/age.ts';
import { courseCodeOf, speedCodeOf, toDs, toE5 } from '../../shared/wire/motion.ts';
import type { WireFix } from '../../shared/wire/rows.ts';
import { liveColumn } from '../picture/live-fix.ts';
import type { Unit } from '../picture/picture.ts';
import { sectorOfUnit, showsMotion, type UnitSight } from './unit-sight.ts';
import { analystDelayNowMs } from './unit-view.ts';
import type { ViewContext } from './view-context.ts';

/** What someone with this sight gets of a unit besides its fixes. */
export function unitAbout(unit: Unit, sight: UnitSight, context: ViewContext): UnitAbout {
  const { mission } = context;
  const staleAfterS = unit.staleAfterS ?? mission.staleAfterS;
  const about = {
    id: unit.id,
    kind: unit.kind,
    reportEveryS: Math.min(unit.reportEveryS ?? mission.reportEveryS, staleAfterS),
    staleAfterS,
  };
  if (sight === 'plain') return { ...about, plain: true };
  if (sight === 'wall') return { ...about, callsign: unit.callsign };
  const sector = sectorToTell(unit, sight, context);
  return {
    ...about,
    callsign: unit.callsign,
    ...(sector === undefined ? {} : { sector }),
    ...(sight === 'full' && unit.capabilities.length > 0 ? { capabilities: unit.capabilities } : {}),
    ...(unit.registered || sight === 'delayed' ? {} : { unregistered: true }),
  };
}

/** For a delayed sight not the sector the unit is in: that is where it is now. */
function sectorToTell(unit: Unit, sight: UnitSight, context: ViewContext): string | undefined {
  if (sight === 'reported') return undefined;
  return sight === 'delayed' ? unit.sector : sectorOfUnit(unit, context);
}

/** Puts the newest fix that this sight allows into `fix`; false where there is none. */
export function readWireFix(unit: Unit, sight: UnitSight, context: ViewContext, fix: WireFix): boolean {
  if (sight === 'delayed') return readDelayedFix(unit, context, fix);
  if (!unit.live) return false;
  // Straight from the columns: this is read for every unit that moves.
  const { slot } = unit;
  const { liveFixes } = context.picture;
  const course = liveFixes.whole(slot, liveColumn.courseCdeg);
  const speed = liveFixes.whole(slot, liveColumn.speedCmps);
  const motion = showsMotion(sight);
  fix.lonE5 = Math.round(liveFixes.whole(slot, liveColumn.lonE7) / 100);
  fix.latE5 = Math.round(liveFixes.whole(slot, liveColumn.latE7) / 100);
  // 0 says "never": a device whose clock stands at its beginning has reported all the same.
  fix.timeDs = Math.max(1, toDs(liveAtMs(liveFixes.timeMs(slot), liveFixes.receivedAtMs(slot))));
  fix.speedCode = !motion || speed === absent ? 0 : speedCodeOf(speed / 100);
  fix.courseCode = !motion || course === absent ? 0 : courseCodeOf(course / 100);
  return true;
}

function readDelayedFix(unit: Unit, { picture, atMs }: ViewContext, fix: WireFix): boolean {
  const point = picture.tracks.lastBefore(unit.id, atMs - analystDelayNowMs({ picture }));
  if (!point) return false;
  fix.lonE5 = toE5(point.lon);
  fix.latE5 = toE5(point.lat);
  fix.timeDs = Math.max(1, toDs(point.timeMs));
  fix.speedCode = speedCodeOf(point.speedMps);
  fix.courseCode = courseCodeOf(point.courseDeg);
  return true;
}

/** A delay under this is the way of a message, not a clock or a backlog. */
const delayToldFromS = 2;

/** What the device said beside its position; undefined where the sight allows none, or nothing was said. */
export function unitDetail(unit: Unit, sight: UnitSight): UnitDetail | undefined {
  const { live } = unit;
  if (!live || (sight !== 'full' && sight !== 'reported')) return undefined;
  const { altitudeM, accuracyM, batteryPct } = live;
  const delayS = (live.receivedAtMs - live.timeMs) / 1000;
  const isDelayed = Math.abs(delayS) > delayToldFromS;
  if (altitudeM === undefined && accuracyM === undefined && batteryPct === undefined && !isDelayed) {
    return undefined;
  }
  return {
    ...(altitudeM === undefined ? {} : { altitudeM }),
    ...(accuracyM === undefined ? {} : { accuracyM }),
    ...(batteryPct === undefined ? {} : { batteryPct }),
    ...(isDelayed ? { delayS } : {}),
  };
}
