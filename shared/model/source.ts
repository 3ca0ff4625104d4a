import { z } from 'zod';
import { signalKinds } from './signal-lists.ts';
import { feedbackTemplates } from './feedback-lists.ts';
import { latSchema, lonSchema } from './position.ts';

/** A pseudonym of a source, the only name it has outside of the source store: `FP-7Q3`. */
export const pseudonymSchema = z.string().regex(/^FP-[0-9A-HJKMNP-TV-Z]{3,30}$/, 'a pseudonym as FP-7Q3');

const language = z.string().trim().min(2).max(10);

/** Body of `POST /api/focal-points`: `number` goes to the source store and nowhere else. */
export const focalPointInSchema = z.object({
  number: z.string().trim().min(3).max(60),
  placeId: z.string().min(1).max(64),
  languages: z.array(language).max(10).default([]),
  /** Whether the caller may be called and told what became of an alert. */
  safeToCall: z.boolean().default(false),
  safeWhen: z.string().trim().max(200).nullish(),
  codeWord: z.string().trim().max(60).nullish(),
  /** How reliable reports of this source have been. */
  sourceGrade: z.enum(['A', 'B', 'C', 'D', 'E', 'F']).default('F'),
});
export type FocalPointIn = z.infer<typeof focalPointInSchema>;

/** Body of `PATCH /api/focal-points/:pseudonym`. */
export const focalPointPatchSchema = focalPointInSchema.omit({ number: true }).partial();

export const careKinds = ['contact', 'top-up', 'threat-against', 'rotation', 'note'] as const;

/** Body of `POST /api/focal-points/:pseudonym/care`. */
export const careNoteInSchema = z.object({
  id: z.string().min(1).max(64).nullish(),
  kind: z.enum(careKinds),
  text: z.string().trim().max(2_000).default(''),
});
export type CareNoteIn = z.infer<typeof careNoteInSchema>;

export interface CareNote {
  readonly id: string;
  readonly kind: (typeof careKinds)[number];
  readonly text: string;
  readonly at: string;
  readonly by: string;
}

/** A focal point as its own liaison sees it; others get `pseudonym`, `placeId` and `sector` only, in part. */
export interface FocalPointOut {
  readonly pseudonym: string;
  readonly sector?: string;
  readonly placeId?: string;
  readonly languages?: readonly string[];
  readonly safeToCall?: boolean;
  readonly safeWhen?: string;
  readonly sourceGrade?: string;
  readonly lastContactAt?: string;
  readonly withdrawnAt?: string;
  readonly care?: readonly CareNote[];
}

/** Body of calls that must say why. */
export const whySchema = z.object({ reason: z.string().trim().min(3).max(500) });

const sourceDeed = { pseudonym: pseudonymSchema, sector: z.string().nullish() };
export const sourceRegisteredSchema = z.object({ kind: z.literal('source.registered'), ...sourceDeed });
export const sourceWithdrawnSchema = z.object({ kind: z.literal('source.withdrawn'), ...sourceDeed });
export const sourceOpenedSchema = z.object({
  kind: z.literal('source.opened'),
  ...sourceDeed,
  reason: z.string().max(1_000),
});

export const smsGatewayKinds = ['rapidpro', 'twilio', 'smssync', 'generic'] as const;
export type SmsGatewayKind = (typeof smsGatewayKinds)[number];

/** `undelivered`: the gateway took it, and says later that the telephone has not got it. */
export const feedbackStates = ['queued', 'sent', 'delivered', 'undelivered', 'failed'] as const;
export type FeedbackState = (typeof feedbackStates)[number];

/** Body of `POST /api/alerts/:id/feedback`. */
export const feedbackInSchema = z.object({ template: z.enum(feedbackTemplates) });

/** How far a message to the caller of an alert has come. */
export const alertFeedbackSchema = z.object({
  kind: z.literal('alert.feedback'),
  alertId: z.string().min(1),
  /** The same over all states of one message. */
  id: z.string().min(1).max(200),
  template: z.enum(feedbackTemplates),
  language: z.string().min(2).max(10),
  state: z.enum(feedbackStates),
  /** Why it failed, in one sentence without anything of the caller. */
  reason: z.string().max(200).optional(),
});

/** One bearing on a signal: from where, in which direction (degrees true), when (ms since 1970). */
export const bearingSchema = z.object({
  id: z.string().min(1).max(64),
  lon: lonSchema,
  lat: latSchema,
  bearingDeg: z.number().min(0).max(360),
  atMs: z.number(),
});
export type Bearing = z.infer<typeof bearingSchema>;
export const signalSchema = z.object({
  kind: z.enum(signalKinds),
  bearings: z.array(bearingSchema).max(20),
  /** Two bearings have crossed: the alert's place is the crossing. */
  fixed: z.boolean(),
});
export type Signal = z.infer<typeof signalSchema>;

/** Body of `POST /api/signals`. */
export const signalInSchema = z
  .object({
    id: z.string().min(1).max(64).nullish(),
    kind: z.enum(signalKinds),
    lon: lonSchema.nullish(),
    lat: latSchema.nullish(),
    placeId: z.string().min(1).max(64).nullish(),
    bearingDeg: z.number().min(0).max(360).nullish(),
    atMs: z.number().nullish(),
    text: z.string().max(2_000).nullish(),
  })
  .refine(
    ({ lon, lat, placeId }) =>
      (typeof lon === 'number' && typeof lat === 'number') || (placeId !== null && placeId !== undefined),
    { message: 'give lon and lat, or placeId', path: ['lon'] },
  );
export type SignalIn = z.infer<typeof signalInSchema>;
