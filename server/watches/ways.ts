import { distanceM } from '../../shared/geo/distance.ts';
import { isOpen } from '../../shared/model/alert-steps.ts';
import { abilitiesOf } from '../../shared/model/capabilities.ts';
import type { OffWayReason } from '../../shared/model/way-lists.ts';
import type { WayFinding, WayNoted } from '../../shared/model/way.ts';
import type { Alert, LiveFix, Picture, Task, Unit } from '../picture/picture.ts';
import { conditionsOf } from '../responders/rank.ts';
import type { RoadGraph } from '../roads/road-graph.ts';
import { arrivalsAt, type Arrivals, type Travel } from '../roads/travel.ts';

/** Where somebody is sent: as exactly as the record of the alert may say. */
export interface Scene {
  readonly lon: number;
  readonly lat: number;
  readonly radiusM: number;
}

interface Parts {
  readonly roads: RoadGraph;
  /** After how long the mission takes a unit for stale that has no time of its own. */
  readonly staleAfterS: number;
  /** Undefined where nobody knows where the alert is. */
  readonly sceneOf: (alert: Alert, picture: Picture) => Scene | undefined;
}

/** Whoever does not come nearer for so long is off the way (issue: "off route or heading away for 10 min"). */
export const offAfterMs = 10 * 60_000;
/** What the last of these minutes say counts for more: who has turned round comes again. */
const latelyMs = 3 * 60_000;
/** Of the time that passes, a unit on its way gains at least this share; one that is coming again, the second. */
const gainsLeast = 0.1;
const gainsAgain = 0.3;
/** A unit that stays within this is halted, metres: a receiver that lies still wanders. */
const haltedWithinM = 150;
/** Whoever left the place goes on beyond it by this much: the edge is not sharp. */
const leftBeyond = 1.5;
/** Arrival is told anew where it has moved by a quarter of what was left, and by no less than this. */
const movedLeastS = 300;
const movedShare = 0.25;
const toldEveryMs = 2 * 60_000;

/**
 * Looks at everybody who is on the way or on scene, and says what has changed: pure but for the searches over the
 * roads that it keeps from one look to the next, which change nothing of the answers.
 */
export function createWayWatch({
  roads,
  staleAfterS,
  sceneOf,
}: Parts): (picture: Picture, atMs: number) => WayNoted[] {
  const kept = new Map<string, { readonly key: string; readonly arrivals: Arrivals }>();
  const arrivalsTo = (alertId: string, scene: Scene, atMs: number): Arrivals => {
    const conditions = conditionsOf(scene, atMs);
    const key = [scene.lon, scene.lat, conditions.isNight, conditions.isWet].join(' ');
    const known = kept.get(alertId);
    if (known?.key === key) return known.arrivals;
    const arrivals = arrivalsAt(roads, scene, conditions);
    kept.set(alertId, { key, arrivals });
    return arrivals;
  };
  return (picture, atMs) => {
    const noted: WayNoted[] = [];
    const watched = new Set<string>();
    for (const alert of picture.alerts.values()) {
      const tasks = isOpen(alert.state) ? alert.tasks.filter(isWatched) : [];
      const scene = tasks.length > 0 ? sceneOf(alert, picture) : undefined;
      if (!scene) continue;
      watched.add(alert.id);
      const arrivals = arrivalsTo(alert.id, scene, atMs);
      for (const task of tasks) {
        const unit = picture.units.get(task.unit);
        for (const finding of unit
          ? findings({ picture, task, unit, scene, arrivals, staleAfterS, atMs })
          : [])
          noted.push(notedOf(alert, task, finding));
      }
    }
    for (const id of kept.keys()) if (!watched.has(id)) kept.delete(id);
    return noted;
  };
}

const isWatched = ({ state }: Task): boolean => state === 'en-route' || state === 'on-scene';

function notedOf(alert: Alert, { unit, offeredAtMs }: Task, finding: WayFinding): WayNoted {
  return { kind: 'alert.way-noted', alertId: alert.id, unit, offeredAtMs, finding };
}

/** One unit with one task, at one look. */
interface Look {
  readonly picture: Picture;
  readonly task: Task;
  readonly unit: Unit;
  readonly scene: Scene;
  readonly arrivals: Arrivals;
  readonly staleAfterS: number;
  readonly atMs: number;
}

function findings(look: Look): WayFinding[] {
  const { task, unit, scene, atMs } = look;
  const { live } = unit;
  // Where it was before it set off says nothing of how it goes.
  const heardMs = Math.max(live?.timeMs ?? 0, task.changedAtMs);
  const silentAfterMs = Math.max(offAfterMs, 1_000 * (unit.staleAfterS ?? look.staleAfterS));
  if (!live || atMs - heardMs >= silentAfterMs) {
    const isOnScene = task.state === 'on-scene';
    return isOnScene || task.offWay?.why === 'silent' ? [] : [off('silent', heardMs)];
  }
  if (live.timeMs < task.changedAtMs - offAfterMs) return [];
  const awayM = distanceM(live.lon, live.lat, scene.lon, scene.lat);
  return task.state === 'on-scene' ? ofOneOnScene(look, live, awayM) : ofOneOnTheWay(look, live, awayM);
}

const off = (why: OffWayReason, sinceMs: number): WayFinding => ({ what: 'off-way', why, sinceMs });

function ofOneOnScene({ task, scene }: Look, live: LiveFix, awayM: number): WayFinding[] {
  // A fix from before somebody said that it was there proves nothing.
  if (live.timeMs < task.changedAtMs) return [];
  const isAway = awayM > leftBeyond * scene.radiusM;
  if (isAway) return task.offWay ? [] : [off('left-scene', live.timeMs)];
  return task.offWay && awayM <= scene.radiusM ? [{ what: 'on-way' }] : [];
}

function ofOneOnTheWay(look: Look, live: LiveFix, awayM: number): WayFinding[] {
  const { task, scene } = look;
  if (awayM <= scene.radiusM) return task.seemsThereAtMs === undefined ? [{ what: 'seems-there' }] : [];
  if (task.seemsThereAtMs !== undefined)
    return awayM > leftBeyond * scene.radiusM ? [{ what: 'passed' }] : [];
  const travel = travelFrom(look, live.lon, live.lat);
  if (!travel) return [];
  return [...expectedAnew(look, live, travel), ...wayOf(look, live, travel, awayM)];
}

/** As one that is rolling: what it needs to get ready is behind it. */
function travelFrom({ unit, arrivals }: Look, lon: number, lat: number): Travel | undefined {
  const { vehicle } = abilitiesOf(unit.kind, unit.capabilities);
  return vehicle ? arrivals.of({ lon, lat, vehicle, isMoving: true }) : undefined;
}

function expectedAnew({ task, atMs }: Look, live: LiveFix, { etaS, distanceM, via }: Travel): WayFinding[] {
  const { expected } = task;
  // It has gone on since it was heard of.
  const left = (seconds: number): number => Math.max(0, Math.round(seconds - (atMs - live.timeMs) / 1_000));
  const now = { best: left(etaS.best), likely: left(etaS.likely), worst: left(etaS.worst) };
  const finding: WayFinding = { what: 'expected', etaS: now, distanceM, via };
  if (!expected) return [finding];
  const passedMs = atMs - expected.atMs;
  const leftS = expected.etaS.likely - passedMs / 1_000;
  const movedS = Math.abs(now.likely - leftS);
  const isNews = movedS > Math.max(movedLeastS, movedShare * Math.abs(leftS));
  return isNews && passedMs >= toldEveryMs ? [finding] : [];
}

/** Whether it comes: by its time along the roads, or as the crow flies where its road is not on the map. */
function wayOf(look: Look, live: LiveFix, now: Travel, awayM: number): WayFinding[] {
  const { task } = look;
  const whole = gained(look, live, now, awayM, offAfterMs);
  const lately = gained(look, live, now, awayM, latelyMs);
  // Those who report seldom have no last minutes: the whole span says it for them.
  const isComing = ((lately ?? whole)?.share ?? 0) > gainsAgain;
  const isOff = whole !== undefined && !isComing && whole.share < gainsLeast;
  if (task.offWay && !isOff) {
    // Heard again is enough for one that was silent; any other must come nearer.
    return isComing || task.offWay.why === 'silent' ? [{ what: 'on-way' }] : [];
  }
  const isKnown = task.offWay !== undefined && task.offWay.why !== 'silent';
  return isOff && !isKnown ? [off(whole.movedM <= haltedWithinM ? 'halted' : 'no-nearer', whole.fromMs)] : [];
}

/** What share of a span a unit has gained towards the place; undefined where its fixes do not reach so far back. */
function gained(
  look: Look,
  live: LiveFix,
  now: Travel,
  awayM: number,
  spanMs: number,
): { share: number; movedM: number; fromMs: number } | undefined {
  const { picture, unit, task, scene } = look;
  const then = picture.tracks.lastBefore(unit.id, live.timeMs - spanMs);
  // Not from before it set off, and no gap that might hide a way there and back.
  if (!then || then.timeMs < task.changedAtMs || live.timeMs - then.timeMs > 2 * spanMs) return undefined;
  const spanS = (live.timeMs - then.timeMs) / 1_000;
  const before = travelFrom(look, then.lon, then.lat);
  const byRoad = before ? (before.etaS.likely - now.etaS.likely) / spanS : 0;
  const wasAwayM = distanceM(then.lon, then.lat, scene.lon, scene.lat);
  // The straight way counts as much as it would for one who needs the time that is left.
  const straight = ((wasAwayM - awayM) / Math.max(1, wasAwayM)) * ((before?.etaS.likely ?? 0) / spanS);
  const movedM = distanceM(then.lon, then.lat, live.lon, live.lat);
  return { share: Math.max(byRoad, straight), movedM, fromMs: then.timeMs };
}
