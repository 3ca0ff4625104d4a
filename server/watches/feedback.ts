import type { Alert, Feedback, Picture } from '../picture/picture.ts';

/** When a message is tried, after it was asked for; then it has failed. */
const triesAfterMs: readonly number[] = [0, 5, 15, 45, 120, 300, 900, 1_800, 3_600, 7_200].map(
  (s) => s * 1_000,
);
/** A message that comes four hours late tells a caller nothing any more. */
const failsAfterMs = 4 * 3_600_000;

/** A message to a caller that is to be tried, or given up, now. */
export interface FeedbackDue {
  readonly alert: Alert;
  readonly feedback: Feedback;
  /** Which try it is, from 0 on: each is made once by whoever makes them. */
  readonly attempt: number;
  readonly isOver: boolean;
}

/** The messages that wait to be sent, with the try that is due by this time. Pure: so a new leader goes on in step. */
export function feedbackDue({ alerts }: Pick<Picture, 'alerts'>, atMs: number): FeedbackDue[] {
  const due: FeedbackDue[] = [];
  for (const alert of alerts.values()) {
    for (const feedback of alert.feedback ?? []) {
      if (feedback.state !== 'queued') continue;
      const waitedMs = Math.max(0, atMs - feedback.atMs);
      const attempt = triesAfterMs.findLastIndex((afterMs) => afterMs <= waitedMs);
      due.push({ alert, feedback, attempt, isOver: waitedMs >= failsAfterMs });
    }
  }
  return due;
}
