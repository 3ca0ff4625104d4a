import { z } from 'zod';
import type { EventBody } from '../../shared/model/entry.ts';
import { readingSchema, type Reading } from '../../shared/model/reading.ts';
import type { RecordEntry } from '../record/record.ts';
import type { Alert, AlertEvent } from './picture.ts';
import type { Report } from './watch.ts';

/**
 * Opens the words that an entry holds sealed. Answers from memory, so that the fold stays what it is: one that cannot
 * open them folds the same picture without the words.
 */
export interface WordOpener {
  open(alertId: string, sealed: string): unknown;
}

/** The same, and where it learns the keys of entries that are on their way to the fold. */
export interface WordReader extends WordOpener {
  knows(alertId: string): boolean;
  learn(alertIds: readonly string[], signal?: AbortSignal): Promise<void>;
}

export const noWords: WordReader = {
  open: () => undefined,
  knows: () => true,
  learn: () => Promise.resolve(),
};

const wordsSchema = z.object({ text: z.string(), reading: readingSchema.nullish() });
const sectionsSchema = z.record(z.string(), z.string().nullable());

interface Told {
  readonly text?: string | undefined;
  readonly reading?: Reading | null | undefined;
  readonly sealed?: string | null | undefined;
}

/** The entry with its sealed words beside their sealed form; without them where they cannot be opened. */
export function withWords(body: EventBody, words: WordOpener): EventBody {
  switch (body.kind) {
    case 'alert.received':
      return body.alert.sealed ? { ...body, alert: opened(body.alert, body.alertId, words) } : body;
    case 'alert.changed':
      return body.patch.sealed ? { ...body, patch: opened(body.patch, body.alertId, words) } : body;
    case 'report.saved':
      return body.sealed === undefined
        ? body
        : {
            ...body,
            sections: { ...body.sections, ...sectionsOf(body.subject.alertId, body.sealed, words) },
          };
    case 'report.signed':
      return body.sealed === undefined
        ? body
        : { ...body, content: withSections(body.content, body.subject.alertId, body.sealed, words) };
    default:
      return body;
  }
}

function opened<T extends Told>(told: T, alertId: string, words: WordOpener): T {
  const parsed = told.sealed ? wordsSchema.safeParse(words.open(alertId, told.sealed)) : undefined;
  return parsed?.success ? { ...told, ...parsed.data } : told;
}

function sectionsOf(
  alertId: string | undefined,
  sealed: string,
  words: WordOpener,
): Record<string, string | null> {
  return alertId === undefined ? {} : (sectionsSchema.safeParse(words.open(alertId, sealed)).data ?? {});
}

type Content = Extract<EventBody, { kind: 'report.signed' }>['content'];

function withSections(
  content: Content,
  alertId: string | undefined,
  sealed: string,
  words: WordOpener,
): Content {
  const texts = sectionsOf(alertId, sealed, words);
  const sections = content.sections.map((one) => ({ ...one, text: texts[one.id] ?? one.text }));
  return { ...content, sections };
}

/** As it stands in record and snapshot: sealed, and nothing beside it. */
export function closedWords<T extends Told>(told: T): T {
  if (!told.sealed) return told;
  const { reading: _reading, ...rest } = told;
  return { ...rest, text: '' } as unknown as T; // reading is optional in every T, and T with a sealed text has one
}

/** Whether the alert has words that could not be opened here. */
export function isUnreadable({ report }: Pick<Alert, 'report'>): boolean {
  return !!report.sealed && report.text === '';
}

/** As it stands after its words were erased. */
export function erasedWords<T extends Told>(told: T): T {
  const { reading: _reading, sealed: _sealed, ...rest } = told;
  return ('text' in told ? { ...rest, text: '' } : rest) as unknown as T; // as above
}

/** The alert with something done to its words wherever it tells them: in the report and in its history. */
export function mapWords(alert: Alert, change: <T extends Told>(told: T) => T): Alert {
  const told = alert.report.sealed ?? alert.history.some(({ detail }) => sealedIn(detail) !== undefined);
  if (!told && change !== erasedWords) return alert;
  return {
    ...alert,
    report: change(alert.report),
    history: alert.history.map((event) => mapped(event, change)),
  };
}

function sealedIn(detail: AlertEvent['detail']): unknown {
  const report = detail?.['report'];
  return typeof report === 'object' && report !== null && 'sealed' in report
    ? report.sealed
    : detail?.['sealed'];
}

function mapped(event: AlertEvent, change: <T extends Told>(told: T) => T): AlertEvent {
  const { what, detail } = event;
  if (!detail) return event;
  const report = detail['report'];
  if (what === 'received' && typeof report === 'object' && report !== null)
    return { ...event, detail: { ...detail, report: change(report) } };
  return what === 'changed' ? { ...event, detail: change(detail) } : event;
}

/** Puts the words back that `closedWords` took, where they can be opened. */
export function reopened(alert: Alert, words: WordOpener): Alert {
  return mapWords(alert, (told) => opened(told, alert.id, words));
}

/** A report as it stands in a snapshot: what was sealed of it is not in it. */
export function closedReport(report: Report): Report {
  if (report.sealedEdits === undefined && report.signed.every(({ sealed }) => sealed === undefined))
    return report;
  return {
    ...report,
    edits: report.sealedEdits === undefined ? report.edits : {},
    signed: report.signed.map((one) =>
      one.sealed === undefined ? one : { ...one, content: withoutTexts(one.content) },
    ),
  };
}

export function withoutTexts(content: Content): Content {
  return {
    ...content,
    sections: content.sections.map((one) => (mayQuote(one) ? { ...one, text: '' } : one)),
  };
}

/** Sections in which words of a caller may stand: the one that quotes them, and what a person wrote. */
export function mayQuote({
  id,
  edited,
}: {
  readonly id: string;
  readonly edited?: boolean | undefined;
}): boolean {
  return id === 'what' || edited === true;
}

export function reopenedReport(report: Report, words: WordOpener): Report {
  const { alertId } = report.subject;
  return {
    ...report,
    ...(report.sealedEdits === undefined
      ? {}
      : { edits: notNull(sectionsOf(alertId, report.sealedEdits, words)) }),
    signed: report.signed.map((one) =>
      one.sealed === undefined
        ? one
        : { ...one, content: withSections(one.content, alertId, one.sealed, words) },
    ),
  };
}

function notNull(sections: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(sections).flatMap(([id, text]) => (text === null ? [] : [[id, text] as const])),
  );
}

/** The alerts whose keys are needed to read these entries. Looks for the field before it reads an entry twice. */
export function sealedAlerts(entries: readonly RecordEntry[], words: Pick<WordReader, 'knows'>): string[] {
  return entries.flatMap(({ stream, body }) => {
    if (stream !== 'events' || !Buffer.from(body.buffer, body.byteOffset, body.length).includes('"sealed":"'))
      return [];
    const alertId = alertIdIn(body);
    return alertId === undefined || words.knows(alertId) ? [] : [alertId];
  });
}

const aboutAlert = z.object({
  body: z.union([
    z.object({ alertId: z.string() }),
    z.object({ subject: z.object({ alertId: z.string() }) }),
  ]),
});

function alertIdIn(bytes: Uint8Array): string | undefined {
  try {
    const parsed = aboutAlert.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    if (!parsed.success) return undefined;
    return 'alertId' in parsed.data.body ? parsed.data.body.alertId : parsed.data.body.subject.alertId;
  } catch {
    return undefined; // the fold passes over it
  }
}
