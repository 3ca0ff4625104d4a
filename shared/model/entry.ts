import { z } from 'zod';
import { roles } from '../role.ts';
import { escalationLevels, restrictedClasses, segmentNames } from './alert-lists.ts';
import { alertReportSchema } from './alert.ts';
import { stepBodies, type StepBody } from './step-bodies.ts';
import { steps, type Step } from './alert-steps.ts';
import { placeSchema } from './place.ts';
import type { Fix } from './position.ts';
import { threatInSchema, threatPatchSchema } from './threat.ts';
import { unitInSchema } from './unit.ts';
import { wallCallSchema } from './wall-call.ts';
import { crisisDecidedSchema, crisisSwitchedSchema } from './crisis.ts';
import { handoverSignedOffSchema, handoverTakenSchema } from './handover.ts';
import { reportSavedSchema, reportSignedSchema } from './report.ts';
import { rumourAnsweredSchema, rumourRaisedSchema } from './rumour.ts';
import { villageContactedSchema } from './village.ts';
import { logNoteSchema } from './watch-log.ts';
import { textErasedSchema } from './sealed.ts';
import { wayNotedSchema } from './way.ts';
import { prewarnedSchema, prewarningEndedSchema } from './prewarning.ts';
import {
  alertFeedbackSchema,
  pseudonymSchema,
  smsGatewayKinds,
  sourceOpenedSchema,
  sourceRegisteredSchema,
  sourceWithdrawnSchema,
} from './source.ts';

/** Version of the entries written now. Readers pass over, count and keep entries of versions they do not know. */
export const entryVersion = 1;

/** Whose doing an entry is. No source of an alert is ever an author: authors are accounts. */
export const authorSchema = z.object({ id: z.string(), role: z.enum(roles), name: z.string() });
export type Author = Readonly<z.infer<typeof authorSchema>>;

/** What the classes of a restricted record are kept as; `other` where only the mission file restricts a category. */
export type RestrictedClass = (typeof restrictedClasses)[number];

/** Facts about an alert that the front door derives, so that every fold of the entry says the same. */
export const alertFactsSchema = z.object({
  sector: z.string().optional(),
  restricted: z.enum(restrictedClasses).optional(),
  /** The caller is known and may be told safely what became of it: the feedback clock runs. */
  callerSafe: z.boolean().optional(),
  /** By which gateway the caller wrote or rang: an answer goes the same way. */
  gateway: z.enum(smsGatewayKinds).optional(),
  /** Takes a restriction away. */
  released: z.boolean().optional(),
  /** Pseudonym of the caller: what the source store calls it. */
  source: pseudonymSchema.optional(),
  /** The caller is a focal point of this village: the village has been heard of. */
  contactOf: z.string().min(1).optional(),
});
export type AlertFacts = Readonly<z.infer<typeof alertFactsSchema>>;

const id = z.string().min(1);
/** The client's id of a change: the same one twice changes nothing. */
const changeId = z.string().optional();

const alertStep = z
  .object({
    kind: z.literal('alert.step'),
    alertId: id,
    step: z.enum(steps),
    body: z.unknown(),
    facts: alertFactsSchema,
    changeId,
  })
  .transform((entry, context) => {
    const body = stepBodies[entry.step].safeParse(entry.body);
    if (body.success) return { ...entry, body: body.data as StepBody<Step> }; // the step says which body it has
    context.addIssue({ code: 'custom', message: 'the body is not that of the step' });
    return z.NEVER;
  });

export const eventBodySchema = z.union([
  z.object({ kind: z.literal('unit.registered'), unitId: id, unit: unitInSchema }),
  z.object({ kind: z.literal('unit.removed'), unitId: id }),
  z.object({
    kind: z.literal('alert.received'),
    alertId: id,
    alert: alertReportSchema,
    facts: alertFactsSchema,
  }),
  z.object({
    kind: z.literal('alert.changed'),
    alertId: id,
    patch: alertReportSchema.partial(),
    facts: alertFactsSchema,
    changeId,
  }),
  alertStep,
  z.object({
    kind: z.literal('alert.escalated'),
    alertId: id,
    id,
    segment: z.enum(segmentNames),
    level: z.enum(escalationLevels),
    startedAtMs: z.number(),
  }),
  z.object({ kind: z.literal('alert.escalation-answered'), alertId: id, id }),
  z.object({ kind: z.literal('threat.raised'), threatId: id, threat: threatInSchema.omit({ id: true }) }),
  z.object({ kind: z.literal('threat.changed'), threatId: id, patch: threatPatchSchema, changeId }),
  z.object({ kind: z.literal('threat.ended'), threatId: id }),
  z.object({ kind: z.literal('places.imported'), places: z.array(placeSchema) }),
  z.object({ kind: z.literal('walls.called'), call: wallCallSchema }),
  logNoteSchema,
  reportSavedSchema,
  reportSignedSchema,
  handoverSignedOffSchema,
  handoverTakenSchema,
  rumourRaisedSchema,
  rumourAnsweredSchema,
  crisisSwitchedSchema,
  crisisDecidedSchema,
  sourceRegisteredSchema,
  sourceWithdrawnSchema,
  sourceOpenedSchema,
  alertFeedbackSchema,
  villageContactedSchema,
  textErasedSchema,
  wayNotedSchema,
  prewarnedSchema,
  prewarningEndedSchema,
]);
export type EventBody = z.infer<typeof eventBodySchema>;
export type AlertStepBody = Extract<EventBody, { kind: 'alert.step' }>;

/** One entry of the event stream: small, precious, kept for ever. JSON in UTF-8. */
export const eventEntrySchema = z.object({
  v: z.literal(entryVersion),
  /** Which submit of which server boot this is, so that the submitter finds its verdict. */
  ref: z.string(),
  author: authorSchema,
  body: eventBodySchema,
});
export type EventEntry = z.infer<typeof eventEntrySchema>;

/** One entry of the position stream: the fixes of one batch. Packed, see fix-batch.ts. */
export interface FixBatch {
  readonly ref: string;
  readonly author: Author;
  /** Whether units unknown at this entry come into being, flagged unregistered. */
  readonly mayRegister: boolean;
  readonly fixes: readonly Fix[];
}
