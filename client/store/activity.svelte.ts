import type { ActivityOut } from '../../shared/model/activity.ts';
import { priorities, type Priority } from '../../shared/model/alert-lists.ts';
import type { Request } from './actions.ts';

/** A bar of the time line. */
export interface Quarter {
  readonly fromMs: number;
  readonly toMs: number;
  /** Undefined where the viewer does not see all units. */
  readonly fixes: number | undefined;
  readonly alerts: Readonly<Record<Priority, number>>;
}

export function quartersOf({ from, stepS, fixes, alerts }: ActivityOut): Quarter[] {
  const firstMs = Date.parse(from);
  const stepMs = stepS * 1000;
  return alerts.P1.map((_, index) => ({
    fromMs: firstMs + index * stepMs,
    toMs: firstMs + (index + 1) * stepMs,
    fixes: fixes?.[index],
    alerts: Object.fromEntries(
      priorities.map((priority) => [priority, alerts[priority][index] ?? 0]),
    ) as Quarter['alerts'], // one for each priority
  }));
}

/** The highest priority that came in during a quarter. */
export function highestOf({ alerts }: Quarter): Priority | undefined {
  return priorities.find((priority) => alerts[priority] > 0);
}

/** Counts of the last day as the server last told them. */
export class Activity {
  readonly #request: Request;
  quarters = $state.raw<readonly Quarter[]>([]);
  /** Server time of what is held; undefined before anything came. */
  atMs = $state<number | undefined>();
  /** Why the last question had no answer: this role may not ask, or the server was not reached. */
  failed = $state<'refused' | 'not-reached' | undefined>();

  constructor(request: Request) {
    this.#request = request;
  }

  /** Asks anew; a question that fails leaves what is held as it is. */
  async ask(): Promise<void> {
    if (this.failed === 'refused') return;
    const answer = await this.#request<ActivityOut>('GET', '/api/activity?hours=24');
    if (!answer.ok) {
      this.failed = answer.error.code === 'role-not-allowed' ? 'refused' : 'not-reached';
      return;
    }
    this.failed = undefined;
    this.quarters = quartersOf(answer.value);
    this.atMs = Date.parse(answer.value.at);
  }
}
