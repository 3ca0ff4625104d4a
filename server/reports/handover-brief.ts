import type { HandoverBrief } from '../../shared/model/handover.ts';
import type { SegmentOut } from '../../shared/model/alert.ts';
import type { Principal } from '../../shared/role.ts';
import { ageS, liveAtMs, unitState } from '../../shared/rules/age.ts';
import { runningSegment, segmentAt } from '../../shared/rules/response-clock.ts';
import { openRumours } from '../audience/log-other-lines.ts';
import { openAlertsSeen } from '../audience/reportable.ts';
import { rumourVisible } from '../audience/rumour-view.ts';
import { targetsNow } from '../audience/targets-now.ts';
import type { ViewContext } from '../audience/view-context.ts';
import { silentVillages } from '../audience/village-view.ts';
import type { Alert, Unit } from '../picture/picture.ts';
import { crisisNow } from '../picture/watch.ts';

/** A threat that ends within a shift belongs into its handover. */
const expiresWithinMs = 12 * 3_600_000;
/** No brief is longer than somebody can take over. */
const mostItems = 200;

type BriefAlert = HandoverBrief['openAlerts'][number];

/** What whoever takes over has to know, from the picture as it is: ids and figures, no words. */
export function draftBrief(principal: Principal, context: ViewContext): HandoverBrief {
  const { picture } = context;
  const open = openAlertsSeen(principal, context);
  const openAlerts = open.map((alert) => alertNow(alert, context)).sort(mostUrgentFirst);
  const crisis = crisisNow(picture.watch);
  const rumours = openRumours(picture.watch.rumours.values());
  return {
    openAlerts: openAlerts.slice(0, mostItems),
    overdue: openAlerts.filter(({ leftS = 0 }) => leftS < 0).map(({ id }) => id),
    expiringThreats: expiringThreats(context),
    decisions: open.flatMap((alert) => {
      const what = pending(alert);
      return what === undefined ? [] : [{ id: alert.id, what }];
    }),
    staleUnits: staleUnits(context).slice(0, mostItems),
    silentFeeds: silentFeeds(context).slice(0, mostItems),
    silentVillages: silentVillages(principal, context)
      .slice(0, mostItems)
      .map(({ id, lastMs }) => ({ id, ...(lastMs === undefined ? {} : { atMs: lastMs }) })),
    openRumours: rumours.filter((rumour) => rumourVisible(rumour, principal, context)).map(({ id }) => id),
    ...(crisis ? { crisis: crisis.name } : {}),
  };
}

function alertNow(alert: Alert, context: ViewContext): BriefAlert {
  const targets = targetsNow(context);
  const segments: SegmentOut[] = alert.segments.map((run) =>
    segmentAt(run, alert.priority, targets, context.atMs),
  );
  const running = runningSegment(segments, context.atMs);
  const { id, state, priority } = alert;
  if (!running) return { id, state, priority };
  const { segment, elapsedS, leftS } = running;
  return {
    ...{ id, state, priority, segment, elapsedS: Math.round(elapsedS) },
    ...(leftS === undefined ? {} : { leftS: Math.round(leftS) }),
  };
}

function mostUrgentFirst(a: BriefAlert, b: BriefAlert): number {
  if (a.priority !== b.priority) return a.priority < b.priority ? -1 : 1;
  return (a.leftS ?? Infinity) - (b.leftS ?? Infinity) || (a.id < b.id ? -1 : 1);
}

/** What somebody has to decide about an alert: whom to send, what of a task nobody has answered, where it is. */
function pending({ segments, tasks, report, state }: Alert): string | undefined {
  if (segments.some(({ segment, endedAtMs }) => segment === 'decide' && endedAtMs === undefined))
    return 'decide';
  const offered = tasks.find((task) => task.state === 'offered');
  if (offered) return `offered ${offered.unit}`;
  const isPlaced = typeof report.lon === 'number' || !!report.placeId;
  return !isPlaced && state !== 'monitoring' ? 'place' : undefined;
}

function expiringThreats({ picture, atMs }: ViewContext): HandoverBrief['expiringThreats'] {
  return [...picture.threats.values()]
    .filter(({ endedAtMs }) => endedAtMs === undefined)
    .map(({ id, threat }) => ({ id, atMs: Date.parse(threat.validTo ?? '') }))
    .filter(({ atMs: endMs }) => endMs > atMs && endMs <= atMs + expiresWithinMs)
    .sort((a, b) => a.atMs - b.atMs);
}

function lastHeardMs({ live }: Unit): number | undefined {
  return live && liveAtMs(live.timeMs, live.receivedAtMs);
}

/** Registered units whose position is stale, lost or was never known, longest silent first. */
function staleUnits({ picture, mission, atMs }: ViewContext): HandoverBrief['staleUnits'] {
  const stale = [...picture.units.values()].flatMap((unit): HandoverBrief['staleUnits'] => {
    if (!unit.registered || unit.kind === 'base') return [];
    const heardMs = lastHeardMs(unit);
    if (heardMs === undefined) return [{ id: unit.id }];
    const staleAfterS = unit.staleAfterS ?? mission.staleAfterS;
    const state = unitState(ageS(heardMs, atMs), unit.reportEveryS ?? mission.reportEveryS, staleAfterS);
    return state === 'stale' || state === 'lost' ? [{ id: unit.id, atMs: heardMs }] : [];
  });
  return stale.sort((a, b) => (a.atMs ?? 0) - (b.atMs ?? 0));
}

/** Feeds that brought units and have brought nothing for as long as makes a unit stale. */
function silentFeeds({ picture, mission, atMs }: ViewContext): HandoverBrief['silentFeeds'] {
  const feeds = new Map<string, { id: string; atMs: number; units: number }>();
  for (const { live } of picture.units.values()) {
    if (!live) continue;
    const feed = feeds.get(live.by) ?? { id: live.by, atMs: 0, units: 0 };
    feeds.set(live.by, { ...feed, atMs: Math.max(feed.atMs, live.receivedAtMs), units: feed.units + 1 });
  }
  return [...feeds.values()].filter((feed) => atMs - feed.atMs > mission.staleAfterS * 1_000);
}
