import type { AlertOut } from '../../shared/model/alert.ts';
import { isUnacknowledgedP1 } from './queue.ts';

/** P1 that wait for somebody to acknowledge them. */
export function waitingP1(alerts: Iterable<AlertOut>): number {
  let count = 0;
  for (const alert of alerts) if (isUnacknowledgedP1(alert)) count += 1;
  return count;
}

/** What stands in front of the title of the page: `(2 P1) `, or nothing. */
export function titleMark(count: number): string {
  return count === 0 ? '' : `(${count} P1) `;
}

/** What is written on the mark of the page; undefined where the mark is as always. */
export function iconFigure(count: number): string | undefined {
  if (count === 0) return undefined;
  return count > 9 ? '9+' : String(count);
}
