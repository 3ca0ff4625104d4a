import { Failure } from '../../shared/failure.ts';
import { dtg } from '../../shared/messages/format.ts';
import { reportText } from '../../shared/messages/report-text.ts';
import {
  reportIdOf,
  type ReportContent,
  type ReportOut,
  type ReportSubject,
} from '../../shared/model/report.ts';
import type { Principal } from '../../shared/role.ts';
import { alertSight } from '../audience/alert-sight.ts';
import { reportableText } from '../audience/reportable.ts';
import { reportSubjectVisible, signedContentView } from '../audience/report-view.ts';
import type { ViewContext } from '../audience/view-context.ts';
import type { Report } from '../picture/watch.ts';
import { draftFlash, draftIncident } from './alert-report.ts';
import { draftSitrep } from './sitrep.ts';

export interface Wanted {
  /** The draft as it would be now, whatever was signed. */
  readonly draft?: boolean;
  /** A version that was signed. */
  readonly version?: number;
  readonly isExercise: boolean;
}

/**
 * A report as this principal may read it: the last one signed, while nothing was saved after it; else a draft from
 * the record, with what a person has written. Throws Failure `not-found`, and `role-not-allowed` where the alert is a
 * protection incident.
 */
export function readReport(
  subject: ReportSubject,
  principal: Principal,
  context: ViewContext,
  wanted: Wanted,
): ReportOut {
  mayRead(subject, principal, context);
  const id = reportIdOf(subject);
  const report = context.picture.watch.reports.get(id);
  const { version } = wanted;
  const signed =
    version !== undefined
      ? report?.signed[version - 1]
      : report && !report.isOpen && !wanted.draft
        ? report.signed.at(-1)
        : undefined;
  if (version !== undefined && !signed) {
    throw new Failure('not-found', `there is no version ${version} of ${id}`, { field: 'version' });
  }
  const frame = frameOf(subject, context, wanted);
  if (signed) {
    return {
      ...frame,
      ...signedContentView(signed.content, subject, context),
      ...{ state: 'signed', version: signed.version, signedBy: signed.by.name },
      ...{ at: new Date(signed.atMs).toISOString(), dtg: dtg(signed.atMs) },
    };
  }
  return {
    ...frame,
    ...draftContent(subject, principal, context),
    ...{ state: 'draft', version: nextVersion(report) },
    ...{ at: new Date(context.atMs).toISOString(), dtg: dtg(context.atMs) },
  };
}

const nextVersion = (report: Report | undefined): number => (report?.signed.length ?? 0) + 1;

function frameOf(
  subject: ReportSubject,
  { mission }: ViewContext,
  { isExercise }: Wanted,
): Pick<
  ReportOut,
  'id' | 'kind' | 'lang' | 'classification' | 'mission' | 'exercise' | 'alertId' | 'date' | 'sector'
> {
  return {
    ...subject,
    id: reportIdOf(subject),
    classification: reportText(subject.lang, 'doc.classification'),
    mission: mission.name,
    ...(isExercise ? { exercise: true } : {}),
  };
}

function mayRead(subject: ReportSubject, principal: Principal, context: ViewContext): void {
  if (subject.kind === 'sitrep') mustBeDay(subject);
  const { sector } = subject;
  if (sector !== undefined && !context.mission.sectors.some(({ id }) => id === sector)) {
    throw new Failure('not-found', `there is no sector ${sector}`, { field: 'sector' });
  }
  if (reportSubjectVisible(subject, principal, context)) return;
  const { kind, alertId } = subject;
  const alert = alertId === undefined ? undefined : context.picture.alerts.get(alertId);
  if (alert && alertSight(alert, principal) === 'protection') {
    const message =
      'no report is made of a protection incident here; advisers report it through their own channel';
    throw new Failure('role-not-allowed', message, { field: 'alertId' });
  }
  if (kind === 'sitrep') {
    throw new Failure('role-not-allowed', 'sector reads the reports of its own sector', { field: 'sector' });
  }
  throw new Failure('not-found', `there is no alert ${alertId ?? ''}`, { field: 'alertId' });
}

function mustBeDay({ date = '' }: ReportSubject): void {
  const ms = Date.parse(`${date}T00:00:00Z`);
  if (!Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date)) return;
  throw new Failure('field-invalid', 'date is a day, as 2026-11-22', { field: 'date' });
}

/** The report as it would be signed now: drafted from the record, with the texts that a person wrote. */
export function draftContent(
  subject: ReportSubject,
  principal: Principal,
  context: ViewContext,
): ReportContent {
  mayRead(subject, principal, context);
  const report = context.picture.watch.reports.get(reportIdOf(subject));
  const drafted = draft(subject, principal, context);
  const edits = report?.edits ?? {};
  return {
    ...drafted,
    serial: serialOf(subject, context, nextVersion(report)),
    sections: drafted.sections.map((section) => {
      const text = edits[section.id];
      return text === undefined ? section : { ...section, text: reportableText(text), edited: true };
    }),
  };
}

function draft(
  subject: ReportSubject,
  principal: Principal,
  context: ViewContext,
): Omit<ReportContent, 'serial'> {
  const drafting = { ...context, principal, lang: subject.lang };
  const { kind, alertId = '', date = '', sector } = subject;
  if (kind === 'sitrep') return draftSitrep({ date, sector }, drafting);
  const alert = context.picture.alerts.get(alertId);
  if (!alert) throw new Failure('not-found', `there is no alert ${alertId}`, { field: 'alertId' });
  return kind === 'flash' ? draftFlash(alert, drafting) : draftIncident(alert, drafting);
}

const serialNames = { flash: 'FLASH', incident: 'INCREP', sitrep: 'SITREP' } as const;

function serialOf(subject: ReportSubject, { picture }: ViewContext, version: number): string {
  const { kind, alertId = '', date = '', sector } = subject;
  const about =
    kind === 'sitrep'
      ? [date.slice(2).replaceAll('-', ''), ...(sector === undefined ? [] : [sector])].join('-')
      : (picture.alerts.get(alertId)?.number ?? alertId);
  return `${serialNames[kind]}-${about}/${version}`;
}
