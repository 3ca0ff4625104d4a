import { z } from 'zod';
import { priorities, verifications } from './alert-lists.ts';
import {
  harms,
  noResponseReasons,
  outcomes,
  referralTargets,
  refusalReasons,
  type Step,
} from './alert-steps.ts';
import { bothOrNeither, latSchema, lonSchema, timeSchema, unitIdSchema } from './position.ts';

const reason = z.string().trim().min(1).max(1_000);
const unit = z.object({ unit: unitIdSchema });

/** The body of every step; `id` is the client's own id of the step, which makes a retry change nothing. */
export const stepBodies = {
  acknowledge: z.object({}),
  triage: z
    .object({
      priority: z.enum(priorities),
      lon: lonSchema.nullish(),
      lat: latSchema.nullish(),
      placeId: z.string().min(1).max(64).nullish(),
    })
    .refine(bothOrNeither.check, bothOrNeither.refusal),
  verify: z.object({ status: z.enum(verifications) }),
  task: z.object({ units: z.array(unitIdSchema).min(1).max(50), order: z.string().max(4_000).nullish() }),
  accept: unit,
  refuse: unit.extend({ reason: z.enum(refusalReasons) }),
  'en-route': unit,
  'on-scene': unit,
  stabilise: unit,
  'stand-down': unit.extend({ reason }),
  monitor: z.object({ until: timeSchema }),
  refer: z.object({ to: z.enum(referralTargets) }),
  merge: z.object({ into: z.string().min(1).max(64) }),
  'no-response': z.object({ reason: z.enum(noResponseReasons) }),
  close: z.object({ outcome: z.enum(outcomes), harm: z.enum(harms) }),
  false: z.object({ reason }),
  report: z.object({}),
  reopen: z.object({ reason }),
} as const satisfies Record<Step, z.ZodType>;
export type StepBody<S extends Step> = z.infer<(typeof stepBodies)[S]>;
