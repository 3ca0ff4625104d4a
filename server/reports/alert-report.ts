import { dtg } from '../../shared/messages/format.ts';
import type { ReportContent, ReportFigure, ReportSection } from '../../shared/model/report.ts';
import { isOpen } from '../../shared/model/alert-steps.ts';
import { segmentAt } from '../../shared/rules/response-clock.ts';
import { reportableText } from '../audience/reportable.ts';
import { targetsNow } from '../audience/targets-now.ts';
import type { Alert } from '../picture/picture.ts';
import { Pen, type Drafting } from './drafting.ts';

/** When the next flash report is due at the latest, minutes after this one; less urgent ones wait for the SITREP. */
const nextUpdateMin: Readonly<Record<string, number>> = { P1: 30, P2: 120 };

/** Flash report: what, who, when, where, why, action, assessment, next update (domain.md 2.4). */
export function draftFlash(alert: Alert, drafting: Drafting): Omit<ReportContent, 'serial'> {
  const pen = new Pen(drafting);
  const afterMin = nextUpdateMin[alert.priority];
  const nextMs = afterMin === undefined ? undefined : drafting.atMs + afterMin * 60_000;
  const next = nextMs === undefined ? pen.say('line.nextSitrep') : pen.say('line.next', { dtg: dtg(nextMs) });
  const action = pen.storyOf(alert).slice(1);
  const records = [pen.alertRef(alert)];
  return {
    title: pen.say('title.flash', { number: alert.number }),
    sections: [
      ...circumstances(alert, pen),
      pen.section('why', [pen.say('doc.complete')], { records }),
      pen.section('action', action.length > 0 ? action : [pen.say('line.noAction')], {
        figures: taskFigures(alert, pen),
        records,
      }),
      pen.section('assessment', [...clockLines(alert, pen), pen.say('doc.complete')], { records }),
      pen.section('next', [next]),
    ],
    ...(nextMs === undefined ? {} : { nextUpdateAt: new Date(nextMs).toISOString() }),
  };
}

/** Incident report: the whole story of an alert, its clocks and how it ended. */
export function draftIncident(alert: Alert, drafting: Drafting): Omit<ReportContent, 'serial'> {
  const pen = new Pen(drafting);
  const records = [pen.alertRef(alert)];
  return {
    title: pen.say('title.incident', { number: alert.number }),
    sections: [
      ...circumstances(alert, pen),
      pen.section('timeline', pen.storyOf(alert), { records }),
      pen.section('clock', clockLines(alert, pen), { figures: clockFigures(alert, pen), records }),
      pen.section('response', taskLines(alert, pen), { figures: taskFigures(alert, pen), records }),
      pen.section('outcome', outcomeLines(alert, pen), { records }),
      pen.section('lessons', [pen.say('doc.complete')], { records }),
    ],
  };
}

function circumstances(alert: Alert, pen: Pen): ReportSection[] {
  const { category, channel, text, occurredAt, sourceGrade, infoGrade, precision } = alert.report;
  const records = [pen.alertRef(alert)];
  const said = reportableText(text).trim();
  return [
    pen.section(
      'what',
      [
        pen.say('line.kind', { category: pen.word('category', category), priority: alert.priority }),
        pen.say('line.verification', {
          verification: pen.word('verification', alert.verification),
          grade: `${sourceGrade ?? 'F'}${infoGrade ?? 6}`,
        }),
        ...saidLines(alert, said, pen),
        pen.say('line.state', { state: pen.word('alertState', alert.state) }),
      ],
      { records },
    ),
    pen.section(
      'who',
      [pen.say('line.who'), pen.say('line.channel', { channel: pen.word('channel', channel) })],
      { records },
    ),
    pen.section(
      'when',
      [
        ...(occurredAt ? [pen.say('line.occurred', { dtg: dtg(Date.parse(occurredAt)) })] : []),
        pen.say('line.received', { dtg: dtg(alert.receivedAtMs) }),
      ],
      { records },
    ),
    pen.section(
      'where',
      [
        pen.say('line.place', { place: pen.placeOf(alert), sector: pen.sectorOf(alert) }),
        ...pen.gridOf(alert),
        pen.say('line.precision', { precision: pen.word('precision', precision ?? 'unknown') }),
      ],
      { records },
    ),
  ];
}

function saidLines(alert: Alert, said: string, pen: Pen): string[] {
  if (said !== '') return [pen.say('line.said', { text: said })];
  if (alert.textErasedAtMs === undefined) return [];
  return [pen.say('line.textErased', { dtg: dtg(alert.textErasedAtMs) })];
}

function clocks(alert: Alert, { drafting }: Pen): Array<ReturnType<typeof segmentAt>> {
  const told = alert.segments.filter(({ segment }) => segment !== 'feedback' && segment !== 'referral');
  return told.map((run) => segmentAt(run, alert.priority, targetsNow(drafting), drafting.atMs));
}

function clockLines(alert: Alert, pen: Pen): string[] {
  const over = clocks(alert, pen).filter((clock) => clock.over);
  if (over.length === 0) return [pen.say('line.onTime')];
  return over.map(({ segment, targetS = 0, elapsedS }) =>
    pen.say('line.over', {
      segment: pen.word('segment', segment),
      target: pen.duration(targetS),
      over: pen.duration(elapsedS - targetS),
    }),
  );
}

function clockFigures(alert: Alert, pen: Pen): ReportFigure[] {
  return clocks(alert, pen).map(({ segment, elapsedS }, index) => {
    const label = pen.say('figure.elapsed', { segment: pen.word('segment', segment) });
    return pen.figure(`${segment}-${index + 1}`, label, [pen.alertRef(alert)], Math.round(elapsedS));
  });
}

function taskLines(alert: Alert, pen: Pen): string[] {
  if (alert.tasks.length === 0) return [pen.say('line.noTask')];
  return alert.tasks.map(({ unit, state, changedAtMs }) =>
    pen.say('line.task', {
      unit: pen.unitName(unit),
      state: pen.word('taskState', state),
      dtg: dtg(changedAtMs),
    }),
  );
}

function taskFigures(alert: Alert, pen: Pen): ReportFigure[] {
  const of = (what: string): string[] => {
    const events = alert.history.filter((event) => event.what === what);
    const named = events.flatMap(({ detail }) => {
      const units: unknown = detail?.['units'] ?? [detail?.['unit']];
      return Array.isArray(units) ? units.filter((unit) => typeof unit === 'string') : [];
    });
    return [...new Set(named)];
  };
  return [
    pen.figure(
      'tasked',
      pen.say('figure.tasked'),
      of('task').map((id) => pen.unitRef(id)),
    ),
    pen.figure(
      'onScene',
      pen.say('figure.onScene'),
      of('on-scene').map((id) => pen.unitRef(id)),
    ),
  ];
}

function outcomeLines(alert: Alert, pen: Pen): string[] {
  if (isOpen(alert.state)) return [pen.say('line.stillOpen')];
  const state = pen.say('line.state', { state: pen.word('alertState', alert.state) });
  if (alert.outcome !== undefined) {
    const outcome = pen.word('outcome', alert.outcome);
    return [state, pen.say('line.outcome', { outcome, harm: pen.word('harm', alert.harm ?? 'unknown') })];
  }
  if (alert.reason === undefined) return [state];
  const reason = reportableText(pen.word('noResponse', alert.reason));
  return [state, pen.say('line.reason', { reason })];
}
