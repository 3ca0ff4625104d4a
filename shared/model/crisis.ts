import { z } from 'zod';
import { timeSchema } from './position.ts';

const words = z.string().trim().min(1).max(1_000);

/** Body of `POST /api/crisis`: the one switch. A crisis has a name; on and off have a reason. */
export const crisisSwitchSchema = z
  .object({ on: z.boolean(), name: z.string().trim().min(1).max(120).nullish(), reason: words })
  .refine(({ on, name }) => !on || !!name, { message: 'a crisis that begins has a name', path: ['name'] });

/** Body of `POST /api/crisis/decisions`: what was decided, by whom, when, and on what information. */
export const crisisDecisionSchema = z.object({
  id: z.string().trim().min(1).max(64).nullish(),
  what: words,
  who: z.string().trim().min(1).max(200),
  when: timeSchema.nullish(),
  onWhat: z.string().trim().min(1).max(4_000),
});

export const crisisSwitchedSchema = z.object({
  kind: z.literal('crisis.switched'),
  on: z.boolean(),
  name: z.string().optional(),
  reason: z.string(),
});
export const crisisDecidedSchema = z.object({
  kind: z.literal('crisis.decided'),
  decisionId: z.string().min(1),
  what: z.string(),
  who: z.string(),
  when: timeSchema.optional(),
  onWhat: z.string(),
});

/** The banner of a crisis, for every screen. */
export interface CrisisBanner {
  readonly name: string;
  readonly since: string;
}

export interface DecisionOut {
  readonly id: string;
  readonly what: string;
  readonly who: string;
  readonly when: string;
  readonly onWhat: string;
  readonly loggedAt: string;
  readonly loggedBy: string;
}

export interface CrisisOut extends CrisisBanner {
  readonly id: string;
  readonly reason: string;
  readonly startedBy: string;
  readonly endedAt?: string;
  readonly endedBy?: string;
  readonly endReason?: string;
  readonly decisions: readonly DecisionOut[];
}

/** Answer of `GET /api/crisis`: whether one is on, and the register of all of them, newest first. */
export interface CrisesOut {
  readonly on: boolean;
  readonly crises: readonly CrisisOut[];
}
