import { z } from 'zod';
import {
  alertCategories,
  type AlertCategory,
  priorities,
  type Priority,
  channels,
  type Channel,
  precisions,
  restrictedClasses,
  type Verification,
  type EscalationLevel,
  type SegmentName,
  type TaskState,
  type protectionIncident,
} from './alert-lists.ts';
import { signalSchema, type FeedbackState, type Signal } from './source.ts';
import type { FeedbackTemplate } from './feedback-lists.ts';
import { readingSchema, type Reading } from './reading.ts';
import { sealedSchema } from './sealed.ts';
import type { OffWayReason } from './way-lists.ts';
import { infoGradeSchema, sourceGradeSchema } from './threat.ts';
import { bothOrNeither, latSchema, lonSchema, timeSchema } from './position.ts';
import type { AlertState, Step } from './alert-steps.ts';

const fields = {
  category: z.enum(alertCategories),
  priority: z.enum(priorities).nullish(),
  text: z.string().max(10_000),
  channel: z.enum(channels),
  lon: lonSchema.nullish(),
  lat: latSchema.nullish(),
  placeId: z.string().min(1).max(64).nullish(),
  placeName: z.string().trim().max(120).nullish(),
  precision: z.enum(precisions).nullish(),
  occurredAt: timeSchema.nullish(),
  sourceGrade: sourceGradeSchema.nullish(),
  infoGrade: infoGradeSchema.nullish(),
  /** How far from lon, lat it may be, metres. */
  radiusM: z.number().min(0).max(200_000).nullish(),
  /** Marks a record of sexual violence or one about children, whatever its category: it is then restricted. */
  restricted: z.enum(restrictedClasses).nullish(),
};

/** Body of `POST /api/alerts`. */
export const alertInSchema = z
  .object({ id: z.string().min(1).max(64).nullish(), ...fields })
  .refine(bothOrNeither.check, bothOrNeither.refusal);
export type AlertIn = z.infer<typeof alertInSchema>;

const { restricted: _restricted, ...reportFields } = fields;
/** A report as the record keeps it: what restricts it is a fact beside it. */
export const alertReportSchema = z.object({
  ...reportFields,
  /** How often the caller rang: a call that was not answered is a request to call back. */
  calls: z.number().int().min(1).max(100_000).nullish(),
  signal: signalSchema.nullish(),
  /** What was read of the text by rule; a person corrects the fields beside it, and this stays as it was read. */
  reading: readingSchema.nullish(),
  /** Text and reading, sealed, where the record keeps them so; `text` is then empty there. */
  sealed: sealedSchema.nullish(),
});
export type AlertReport = z.infer<typeof alertReportSchema>;

/** Body of `PATCH /api/alerts/:id`: corrections of what was reported; state moves by steps only. */
export const alertPatchSchema = z.object(fields).partial().refine(bothOrNeither.check, bothOrNeither.refusal);
export type AlertPatch = z.infer<typeof alertPatchSchema>;

/** Body of `POST /api/alerts/:id/escalations/answer`. */
export const escalationAnswerSchema = z.object({ escalation: z.string().min(1).max(200) });

export interface TaskOut {
  readonly unit: string;
  readonly state: TaskState;
  readonly offeredAt: string;
  readonly changedAt: string;
  readonly order?: string;
  readonly reason?: string;
  /** When it was last expected, and when that was found. */
  readonly expected?: {
    readonly at: string;
    readonly arrival: { readonly best: string; readonly likely: string; readonly worst: string };
    readonly distanceM: number;
    readonly via: 'road' | 'foot' | 'air';
  };
  /** It seems not to come, or not to stay. */
  readonly offWay?: { readonly why: OffWayReason; readonly since: string; readonly at: string };
  /** Since when its fixes lie at the place; a person confirms. */
  readonly seemsThereSince?: string;
}

/** A unit that was told to be ready, by whom. */
export interface PrewarningOut {
  readonly unit: string;
  readonly at: string;
  readonly by?: string;
}

/** One run of a segment. `targetS` is absent where the segment has no fixed target (travel, hold). */
export interface SegmentOut {
  readonly segment: SegmentName;
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly targetS?: number;
  readonly elapsedS: number;
  readonly over: boolean;
}

/** A level that was called because a segment ran over, and who of it has answered. */
export interface EscalationOut {
  readonly id: string;
  readonly segment: SegmentName;
  readonly level: EscalationLevel;
  readonly at: string;
  readonly answeredAt?: string;
  readonly answeredBy?: string;
}

/** What happens to an alert that is no step. */
export const alertHappenings = [
  'received',
  'changed',
  'text-erased',
  'prewarned',
  'prewarning-ended',
  'expected',
  'off-way',
  'on-way',
  'seems-there',
  'passed',
] as const;
export type AlertHappening = (typeof alertHappenings)[number];

/** Who did what, when: the alert's own story, oldest first. */
export interface AlertEvent {
  readonly what: AlertHappening | Step;
  readonly at: string;
  readonly by: string;
  readonly role: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/**
 * An alert as a viewer gets it. Fields that an audience may not see are absent. `category` is
 * `protection-incident` where the audience may not know it. `clock` is as at the `at` of the answer.
 */
export interface AlertOut {
  readonly id: string;
  /** Number for people, `ALT-<sector>-YYMMDD-nn`. */
  readonly number?: string;
  readonly category: AlertCategory | typeof protectionIncident;
  readonly priority: Priority;
  readonly state: AlertState;
  readonly verification?: Verification;
  readonly receivedAt: string;
  readonly changedAt: string;
  readonly text?: string;
  /** When its text was erased, for those who saw it. */
  readonly textErasedAt?: string;
  /** There is a text, and the server has not the key to it. */
  readonly textUnreadable?: true;
  readonly channel?: Channel;
  readonly lon?: number;
  readonly lat?: number;
  /** Radius of the area meant by lon, lat when the position was lowered or is not exact. */
  readonly radiusM?: number;
  readonly placeId?: string;
  readonly placeName?: string;
  readonly precision: (typeof precisions)[number];
  readonly occurredAt?: string;
  readonly sourceGrade?: string;
  readonly infoGrade?: number;
  readonly restricted?: (typeof restrictedClasses)[number];
  readonly sector?: string;
  readonly clock: { readonly segments: readonly SegmentOut[] };
  readonly tasks: readonly TaskOut[];
  /** Units told to be ready, those of a patrol to itself. */
  readonly prewarned?: readonly PrewarningOut[];
  readonly allowed: readonly Step[];
  readonly owner?: string;
  /** Absent where none was made, or the audience may not know. */
  readonly escalations?: readonly EscalationOut[];
  readonly history?: readonly AlertEvent[];
  readonly outcome?: string;
  readonly harm?: string;
  readonly reason?: string;
  readonly mergedInto?: string;
  /** Alerts that were merged into this one, as far as the viewer may see them. */
  readonly mergedFrom?: readonly string[];
  /** Open alerts of about the same place and time that the viewer may see too: to be merged, or not, by a person. */
  readonly possibleDuplicates?: readonly string[];
  /** How many independent callers these are together, where it is more than one. */
  readonly callers?: number;
  /** The information grade that so many callers speak for; nobody has taken it yet. */
  readonly suggestedInfoGrade?: number;
  readonly referredTo?: string;
  readonly monitorUntil?: string;
  /** The rumour that it was marked as; its clock goes on. */
  readonly rumourId?: string;
  /** When its last flash report was signed. */
  readonly flashSentAt?: string;
  /** Pseudonym of the caller, for the desk and the liaison of the area. */
  readonly source?: string;
  readonly calls?: number;
  readonly signal?: Signal;
  /** What was read of the text by rule, for those who see the text. */
  readonly reading?: Reading;
  /** The caller may be told what became of it (`POST /api/alerts/:id/feedback`). */
  readonly callerSafe?: true;
  /** What the caller was told, and how far it came. */
  readonly feedback?: readonly FeedbackOut[];
}

/** One message to the caller. */
export interface FeedbackOut {
  readonly id: string;
  readonly template: FeedbackTemplate;
  readonly language: string;
  readonly state: FeedbackState;
  readonly at: string;
  readonly by: string;
  readonly reason?: string;
}
