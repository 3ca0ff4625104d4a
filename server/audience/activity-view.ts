import type { ActivityOut } from '../../shared/model/activity.ts';
import type { Priority } from '../../shared/model/alert-lists.ts';
import { quarterMs } from '../picture/fix-counts.ts';
import { viewOf, type Audience } from './audience.ts';
import type { ViewContext } from './view-context.ts';

/**
 * Counts of the last `hours` by quarters of an hour. Alerts are those that the audience may see, by when they were
 * received and by the priority they have now; what restricts an alert restricts its count. Positions are counted of
 * all units together (see `FixCounts`), so only an audience that sees every unit is told them.
 */
export function activityView(audience: Audience, context: ViewContext, hours: number): ActivityOut {
  const { picture, atMs } = context;
  const last = Math.floor(atMs / quarterMs);
  const count = hours * (3_600_000 / quarterMs) + 1;
  const first = last - count + 1;
  const none = (): number[] => Array.from({ length: count }, () => 0);
  const alerts: Record<Priority, number[]> = { P1: none(), P2: none(), P3: none(), P4: none() };
  for (const alert of picture.alerts.values()) {
    const place = Math.floor(alert.receivedAtMs / quarterMs) - first;
    if (place < 0 || place >= count || !viewOf.alerts(alert, audience, context)) continue;
    const row = alerts[alert.priority];
    row[place] = (row[place] ?? 0) + 1;
  }
  const fixes = none().map((_, index) => picture.fixCounts.of(first + index));
  return {
    at: new Date(atMs).toISOString(),
    from: new Date(first * quarterMs).toISOString(),
    stepS: quarterMs / 1000,
    ...(audience.seesAllUnits ? { fixes } : {}),
    alerts,
  };
}
