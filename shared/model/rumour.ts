import { z } from 'zod';
import { rumourStatuses, type RumourStatus } from './rumour-lists.ts';

const id = z.string().trim().min(1).max(64);

/** Body of `POST /api/rumours`: what is said, and how and where it spreads. */
export const rumourInSchema = z.object({
  id: id.nullish(),
  claim: z.string().trim().min(1).max(2_000),
  spread: z.string().trim().min(1).max(1_000),
  /** The alert that is this rumour; its clock goes on. */
  alertId: id.nullish(),
});

/** Body of `POST /api/rumours/:id/answer`: what is known, and how the claim stands by it. */
export const rumourAnswerSchema = z.object({
  answer: z.string().trim().min(1).max(4_000),
  status: z.enum(rumourStatuses),
});

export const rumourRaisedSchema = z.object({
  kind: z.literal('rumour.raised'),
  rumourId: z.string().min(1),
  claim: z.string(),
  spread: z.string(),
  alertId: z.string().optional(),
});
export const rumourAnsweredSchema = z.object({
  kind: z.literal('rumour.answered'),
  rumourId: z.string().min(1),
  ...rumourAnswerSchema.shape,
  changeId: z.string().optional(),
});

export interface RumourAnswerOut {
  readonly at: string;
  readonly by: string;
  readonly answer: string;
  readonly status: RumourStatus;
}

export interface RumourOut {
  readonly id: string;
  readonly claim: string;
  readonly spread: string;
  readonly status: RumourStatus;
  readonly alertId?: string;
  readonly raisedAt: string;
  readonly raisedBy: string;
  /** Oldest first; the last one holds. */
  readonly answers: readonly RumourAnswerOut[];
}

/** Answer of `GET /api/rumours`. Templates are texts to begin an answer with, by language. */
export interface RumoursOut {
  readonly rumours: readonly RumourOut[];
  readonly templates: Readonly<Record<string, ReadonlyArray<{ readonly id: string; readonly text: string }>>>;
}
