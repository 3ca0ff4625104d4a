import { segmentNames, type SegmentName } from '../../shared/model/alert-lists.ts';
import { harms, noResponseReasons, outcomes, refusalReasons } from '../../shared/model/alert-steps.ts';
import type { Counted, ImpactGroup, ImpactOut, SegmentFigures } from '../../shared/model/impact.ts';
import { zoneHours } from '../../shared/messages/format.ts';
import type { ClockTargets } from '../../shared/rules/response-clock.ts';
import type { Alert } from '../picture/picture.ts';
import { kpisOf, smallestFeedback } from './kpis.ts';
import { percentile, rateOf } from './percentile.ts';
import { closingBefore, isActionable, wasOnScene } from './response.ts';

/** The clock of restricted records is nobody's figure. */
const told = segmentNames.filter((segment) => segment !== 'referral');

type Figures = Pick<
  ImpactOut,
  | (
      | 'all'
      | 'bySector'
      | 'byHour'
      | 'byMonth'
      | 'beforeHarm'
      | 'noResponse'
      | 'refusals'
      | 'outcomes'
      | 'harms'
    )
  | ('decidedInTime' | 'flashInTime' | 'toldInTime' | 'arrivals' | 'byChannel')
>;

/**
 * What became of these alerts: clocks, response, and reasons. Hours and months are those of the zone with this
 * letter. Pure: whose alerts they are, and of which time, is decided before.
 */
export function impactOf(
  alerts: readonly Alert[],
  { zone, targets, atMs }: { readonly zone: string; readonly targets: ClockTargets; readonly atMs: number },
): Figures {
  const local = ({ receivedAtMs }: Alert): string =>
    new Date(receivedAtMs + zoneHours(zone) * 3_600_000).toISOString();
  const closed = alerts.filter((alert) => isActionable(alert) && closingBefore(alert) !== undefined);
  const inTime = closed.filter(isBeforeHarm);
  return {
    all: group('', alerts),
    bySector: groups(alerts, ({ sector }) => sector ?? ''),
    byHour: groups(alerts, (alert) => local(alert).slice(11, 13)),
    byMonth: groups(alerts, (alert) => local(alert).slice(0, 7)),
    ...kpisOf(alerts, targets, atMs),
    beforeHarm: { count: inTime.length, of: closed.length, rate: rateOf(inTime.length, closed.length) },
    noResponse: counted(noResponseReasons, unanswered(alerts)),
    refusals: counted(refusalReasons, refused(alerts)),
    outcomes: counted(outcomes, endings(alerts, 'outcome')),
    harms: counted(harms, endings(alerts, 'harm')),
  };
}

function isBeforeHarm(alert: Alert): boolean {
  const { harm, outcome } = alert;
  return wasOnScene(alert) && (harm === 'prevented' || harm === 'reduced') && outcome !== 'arrived-too-late';
}

function groups(alerts: readonly Alert[], keyOf: (alert: Alert) => string): ImpactGroup[] {
  const byKey = new Map<string, Alert[]>();
  for (const alert of alerts) {
    const key = keyOf(alert);
    const known = byKey.get(key);
    if (known) known.push(alert);
    else byKey.set(key, [alert]);
  }
  return [...byKey.keys()].sort().map((key) => group(key, byKey.get(key) ?? []));
}

function group(key: string, alerts: readonly Alert[]): ImpactGroup {
  const actionable = alerts.filter((alert) => isActionable(alert));
  const responded = actionable.filter((alert) => wasOnScene(alert));
  return {
    key,
    received: alerts.length,
    actionable: actionable.length,
    responded: responded.length,
    rate: rateOf(responded.length, actionable.length),
    segments: allSegments(alerts),
  };
}

/** One pass over the alerts for all segments: there may be many of both. */
function allSegments(alerts: readonly Alert[]): ImpactGroup['segments'] {
  const seconds = new Map<SegmentName, number[]>(told.map((segment) => [segment, []]));
  for (const { segments } of alerts) {
    for (const { segment, startedAtMs, endedAtMs } of segments) {
      if (endedAtMs !== undefined) seconds.get(segment)?.push((endedAtMs - startedAtMs) / 1_000);
    }
  }
  return Object.fromEntries([...seconds].map(([segment, values]) => [segment, figuresOf(segment, values)]));
}

function figuresOf(segment: SegmentName, seconds: readonly number[]): SegmentFigures {
  if (segment === 'feedback' && seconds.length < smallestFeedback)
    return { count: 0, medianS: null, p90S: null };
  return { count: seconds.length, medianS: percentile(seconds, 50), p90S: percentile(seconds, 90) };
}

function unanswered(alerts: readonly Alert[]): string[] {
  return alerts.flatMap((alert) =>
    closingBefore(alert) === 'no-response' && alert.reason !== undefined ? [alert.reason] : [],
  );
}

function refused(alerts: readonly Alert[]): string[] {
  const events = alerts.flatMap(({ history }) => history.filter(({ what }) => what === 'refuse'));
  return events.map(({ detail }) => String(detail?.['reason']));
}

function endings(alerts: readonly Alert[], name: 'outcome' | 'harm'): string[] {
  return alerts.flatMap((alert) => (closingBefore(alert) === 'close' ? (alert[name] ?? []) : []));
}

/** Every name of the closed list with its count, none left out: that a reason was never given says something too. */
function counted(names: readonly string[], given: readonly string[]): Counted[] {
  const counts = new Map<string, number>();
  for (const name of given) counts.set(name, (counts.get(name) ?? 0) + 1);
  return names.map((name) => ({ name, count: counts.get(name) ?? 0 }));
}
