import { z } from 'zod';
import type { LogLine } from './watch-log.ts';

const stamped = z.object({ id: z.string(), atMs: z.number().optional() });
/**
 * What a brief said when it was signed: ids and figures only. Words are joined when it is read, so that what has been
 * restricted since stays unseen.
 */
export const handoverBriefSchema = z.object({
  openAlerts: z.array(
    z.object({
      id: z.string(),
      state: z.string(),
      priority: z.string(),
      segment: z.string().optional(),
      elapsedS: z.number().optional(),
      /** Seconds left of the target; negative: over. */
      leftS: z.number().optional(),
    }),
  ),
  overdue: z.array(z.string()),
  expiringThreats: z.array(stamped),
  decisions: z.array(z.object({ id: z.string(), what: z.string() })),
  staleUnits: z.array(stamped),
  silentFeeds: z.array(stamped.extend({ units: z.number() })),
  silentVillages: z.array(stamped),
  openRumours: z.array(z.string()),
  crisis: z.string().optional(),
});
export type HandoverBrief = Readonly<z.infer<typeof handoverBriefSchema>>;

/** Body of `POST /api/handover`. */
export const handoverInSchema = z.object({
  id: z.string().trim().min(1).max(64).nullish(),
  notes: z.string().trim().max(10_000).default(''),
});

export const handoverSignedOffSchema = z.object({
  kind: z.literal('handover.signed-off'),
  handoverId: z.string().min(1),
  notes: z.string(),
  brief: handoverBriefSchema,
});
export const handoverTakenSchema = z.object({
  kind: z.literal('handover.taken'),
  handoverId: z.string().min(1),
});

interface Signature {
  readonly by: string;
  readonly role: string;
  readonly at: string;
  readonly dtg: string;
}

/** One line of a brief: the id of what it is about, and words that the reader may see. */
export interface BriefItem {
  readonly id: string;
  readonly text: string;
  readonly over?: boolean;
  readonly leftS?: number;
}

/** Lines of the watch log that an account has not seen since it last handed over, newest first. */
export interface HandoverUnread {
  readonly since: string;
  readonly lines: readonly LogLine[];
  /** There are older ones. */
  readonly more?: true;
}

export interface HandoverOut {
  /** Absent on a draft. */
  readonly id?: string;
  readonly at: string;
  readonly notes: string;
  readonly outgoing?: Signature;
  readonly incoming?: Signature;
  readonly crisis?: string;
  readonly openAlerts: readonly BriefItem[];
  readonly overdue: readonly BriefItem[];
  readonly expiringThreats: readonly BriefItem[];
  readonly decisions: readonly BriefItem[];
  readonly staleUnits: readonly BriefItem[];
  readonly silentFeeds: readonly BriefItem[];
  readonly silentVillages: readonly BriefItem[];
  readonly openRumours: readonly BriefItem[];
  /** On a draft: what the reader has missed. */
  readonly unread?: HandoverUnread;
}
