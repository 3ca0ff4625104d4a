import { channels, type Priority, type SegmentName } from '../../shared/model/alert-lists.ts';
import type { ArrivalFigures, ChannelFigures, ImpactOut, Share } from '../../shared/model/impact.ts';
import type { ClockTargets } from '../../shared/rules/response-clock.ts';
import type { Alert } from '../picture/picture.ts';
import { percentile, rateOf } from './percentile.ts';
import { closingBefore, isActionable } from './response.ts';

/** Whether a caller could be told safely is no small number's business. */
export const smallestFeedback = 5;

type Kpis = Pick<ImpactOut, 'decidedInTime' | 'flashInTime' | 'toldInTime' | 'arrivals' | 'byChannel'>;

/**
 * The indicators of domain.md 3 that alerts can give, beside the segments themselves. What is still within its time is
 * neither kept nor missed and does not count yet. Pure.
 */
export function kpisOf(alerts: readonly Alert[], targets: ClockTargets, atMs: number): Kpis {
  const actionable = alerts.filter((alert) => isActionable(alert));
  const decided = (priority: 'P1' | 'P2'): Share =>
    shareOf(
      actionable
        .filter((alert) => alert.priority === priority)
        .map((alert) => isDecidedInTime(alert, targets[priority], atMs)),
    );
  const told = runsInTime(alerts, 'feedback', targets, atMs);
  return {
    decidedInTime: { P1: decided('P1'), P2: decided('P2') },
    flashInTime: runsInTime(alerts, 'report', targets, atMs),
    toldInTime: told.of < smallestFeedback ? { count: 0, of: 0, rate: null } : told,
    arrivals: arrivalsOf(alerts),
    byChannel: channelsOf(alerts),
  };
}

/** Undefined: the time is not over yet. */
type InTime = boolean | undefined;

function shareOf(kept: readonly InTime[]): Share {
  const over = kept.filter((one) => one !== undefined);
  const count = over.filter(Boolean).length;
  return { count, of: over.length, rate: rateOf(count, over.length) };
}

const decisions: readonly string[] = ['task', 'refer', 'monitor', 'no-response', 'close'];

/** Counted from receipt, so that a slow acknowledgment is not forgiven by a quick decision. */
function isDecidedInTime(alert: Alert, targets: ClockTargets[Priority], atMs: number): InTime {
  const { acknowledge = 0, triage = 0, decide } = targets;
  if (decide === undefined) return undefined;
  const dueMs = alert.receivedAtMs + (acknowledge + triage + decide) * 1_000;
  const decidedMs = alert.history.find(({ what }) => decisions.includes(what))?.atMs;
  return inTime(decidedMs, dueMs, atMs);
}

function runsInTime(
  alerts: readonly Alert[],
  segment: SegmentName,
  targets: ClockTargets,
  atMs: number,
): Share {
  const kept = alerts.flatMap(({ segments, priority }) =>
    segments
      .filter((run) => run.segment === segment)
      .map(({ startedAtMs, endedAtMs }) => {
        const targetS = targets[priority][segment];
        return targetS === undefined ? undefined : inTime(endedAtMs, startedAtMs + targetS * 1_000, atMs);
      }),
  );
  return shareOf(kept);
}

function inTime(doneMs: number | undefined, dueMs: number, atMs: number): InTime {
  if (doneMs !== undefined) return doneMs <= dueMs;
  return atMs > dueMs ? false : undefined;
}

interface Arrival {
  readonly offS: number;
  readonly isWithin: boolean;
}

/** Each arrival beside what was expected when the unit set off, both as the story of the alert tells them. */
function arrivalsOf(alerts: readonly Alert[]): ArrivalFigures {
  const arrivals = alerts.flatMap(({ history }) =>
    history.flatMap((event, index): Arrival[] => {
      if (event.what !== 'on-scene') return [];
      const unit = event.detail?.['unit'];
      const expected = history
        .slice(0, index)
        .findLast(({ what, detail }) => what === 'expected' && detail?.['unit'] === unit);
      const band = expected && bandOf(expected.detail?.['etaS']);
      if (!band) return [];
      const tookS = (event.atMs - expected.atMs) / 1_000;
      const isWithin = tookS >= band.best && tookS <= band.worst;
      return [{ offS: Math.abs(tookS - band.likely), isWithin }];
    }),
  );
  const offS = arrivals.map((arrival) => arrival.offS);
  return {
    count: arrivals.length,
    medianS: percentile(offS, 50),
    p90S: percentile(offS, 90),
    withinBand: shareOf(arrivals.map(({ isWithin }) => isWithin)),
  };
}

function bandOf(given: unknown): { best: number; likely: number; worst: number } | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const { best, likely, worst } = given as Readonly<Record<string, unknown>>;
  return typeof best === 'number' && typeof likely === 'number' && typeof worst === 'number'
    ? { best, likely, worst }
    : undefined;
}

function channelsOf(alerts: readonly Alert[]): ChannelFigures[] {
  return channels.flatMap((name) => {
    const came = alerts.filter(({ report }) => report.channel === name);
    const ended = (how: string): number => came.filter((alert) => closingBefore(alert) === how).length;
    return came.length === 0
      ? []
      : [{ name, received: came.length, false: ended('false'), merged: ended('merge') }];
  });
}
