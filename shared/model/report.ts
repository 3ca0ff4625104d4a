import { z } from 'zod';
import { sealedSchema } from './sealed.ts';

export const reportKinds = ['flash', 'incident', 'sitrep'] as const;
export type ReportKind = (typeof reportKinds)[number];
export const reportLanguages = ['en', 'fr'] as const;
export type ReportLanguage = (typeof reportLanguages)[number];

/** What a report is about: one alert, or one day (UTC) of the mission or of one sector. */
export const reportSubjectSchema = z.object({
  kind: z.enum(reportKinds),
  lang: z.enum(reportLanguages),
  alertId: z.string().optional(),
  /** `2026-11-22`. */
  date: z.string().optional(),
  sector: z.string().optional(),
});
export type ReportSubject = Readonly<z.infer<typeof reportSubjectSchema>>;

const recordRefSchema = z.object({
  kind: z.enum(['alert', 'unit', 'threat', 'rumour', 'place']),
  id: z.string(),
  label: z.string(),
});
/** A record that a figure or a sentence of a report rests on; `label` is what people call it. */
export type RecordRef = Readonly<z.infer<typeof recordRefSchema>>;

const figureSchema = z.object({
  id: z.string(),
  label: z.string(),
  /** Null: not given, because so small a number points at people. */
  value: z.number().nullable(),
  records: z.array(recordRefSchema),
});
export type ReportFigure = Readonly<z.infer<typeof figureSchema>>;

export const reportSectionSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** Lines of text, drafted from the record or written by a person. */
  text: z.string(),
  /** A person wrote the text. */
  edited: z.boolean().optional(),
  figures: z.array(figureSchema),
  /** What the text rests on. */
  records: z.array(recordRefSchema),
});
export type ReportSection = Readonly<z.infer<typeof reportSectionSchema>>;

/** What was signed, word for word. */
export const reportContentSchema = z.object({
  title: z.string(),
  serial: z.string(),
  sections: z.array(reportSectionSchema),
  nextUpdateAt: z.string().optional(),
});
export type ReportContent = Readonly<z.infer<typeof reportContentSchema>>;

/** Body of `PUT /api/reports/:id`: texts by the id of their section; null brings the draft back. */
export const reportEditsSchema = z.object({
  sections: z.record(z.string().min(1).max(40), z.string().max(10_000).nullable()),
});

const reportId = z.string().min(1);
const changeId = z.string().optional();
export const reportSavedSchema = z.object({
  kind: z.literal('report.saved'),
  reportId,
  subject: reportSubjectSchema,
  sections: z.record(z.string(), z.string().nullable()),
  /** All texts that a person wrote so far, sealed with the key of the alert; `sections` is then empty. */
  sealed: sealedSchema.optional(),
  changeId,
});
export const reportSignedSchema = z.object({
  kind: z.literal('report.signed'),
  reportId,
  subject: reportSubjectSchema,
  content: reportContentSchema,
  /** Texts by the id of their section, sealed with the key of the alert: those in which its words may stand. */
  sealed: sealedSchema.optional(),
  changeId,
});

/** A report as a reader may see it. */
export interface ReportOut extends ReportContent {
  readonly id: string;
  readonly kind: ReportKind;
  readonly lang: ReportLanguage;
  readonly state: 'draft' | 'signed';
  /** 1 for the first; a signed one is never changed, its next version is. */
  readonly version: number;
  readonly classification: string;
  /** The report comes from an exercise. */
  readonly exercise?: true;
  readonly mission: string;
  /** When it was signed; when it was drafted where it is not. */
  readonly at: string;
  readonly dtg: string;
  readonly signedBy?: string;
  readonly alertId?: string;
  readonly date?: string;
  readonly sector?: string;
}

/** `flash-en-ALERT`, `sitrep-fr-2026-11-22`, `sitrep-fr-2026-11-22-SECTOR`. */
export function reportIdOf({ kind, lang, alertId, date, sector }: ReportSubject): string {
  if (kind !== 'sitrep') return `${kind}-${lang}-${alertId ?? ''}`;
  return `sitrep-${lang}-${date ?? ''}${sector === undefined ? '' : `-${sector}`}`;
}

/** What the id of a report says; undefined for anything that is none. */
export function readReportId(id: string): ReportSubject | undefined {
  const [, kind, lang, rest] = /^(flash|incident|sitrep)-(en|fr)-(.+)$/s.exec(id) ?? [];
  if (kind === undefined || lang === undefined || rest === undefined) return undefined;
  const base = { kind: kind as ReportKind, lang: lang as ReportLanguage }; // the pattern names them
  if (kind !== 'sitrep') return { ...base, alertId: rest };
  const [, date, sector] = /^(\d{4}-\d{2}-\d{2})(?:-(.+))?$/s.exec(rest) ?? [];
  return date === undefined ? undefined : { ...base, date, ...(sector === undefined ? {} : { sector }) };
}
