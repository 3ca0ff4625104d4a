import type { Priority } from './alert-lists.ts';

/**
 * What happened in each quarter of an hour, oldest first; the last one is the quarter that runs now. All lists are of
 * the same length.
 */
export interface ActivityOut {
  /** Server time of the answer. */
  readonly at: string;
  /** When the first quarter began. */
  readonly from: string;
  readonly stepS: number;
  /** Positions taken of all units; absent for callers that do not see all units. */
  readonly fixes?: readonly number[];
  /** Alerts received, of those that the caller may see, by the priority they have now. */
  readonly alerts: Readonly<Record<Priority, readonly number[]>>;
}

/** How far back activity is kept. */
export const mostActivityHours = 24;
