import type { RumourOut } from '../../shared/model/rumour.ts';
import { roleMay, type Principal } from '../../shared/role.ts';
import { rumourStatus, type Rumour } from '../picture/watch.ts';
import { alertSight } from './alert-sight.ts';
import { textFor } from './reportable.ts';
import type { ViewContext } from './view-context.ts';

/**
 * Whether someone may read a rumour: who raised it, the desk and leadership all, sectors and liaison those about
 * alerts that they see. One about a restricted alert is for those who see that alert in full, whoever raised it.
 */
export function rumourVisible(rumour: Rumour, principal: Principal, context: ViewContext): boolean {
  const { role, id } = principal;
  if (!roleMay(role, 'read-rumours')) return false;
  const alert = rumour.alertId === undefined ? undefined : context.picture.alerts.get(rumour.alertId);
  const sight = alert && alertSight(alert, principal);
  if (alert?.restricted) return sight === 'full';
  if (rumour.raised.by.id === id) return true;
  if (role === 'adviser') return false;
  if (role === 'sector' || role === 'liaison') return sight === 'full';
  return true;
}

export function rumourView(
  rumour: Rumour,
  principal: Principal,
  context: ViewContext,
): RumourOut | undefined {
  if (!rumourVisible(rumour, principal, context)) return undefined;
  const { id, claim, spread, alertId, raised, answers } = rumour;
  const clean = (text: string): string => textFor(principal, text);
  return {
    id,
    claim: clean(claim),
    spread: clean(spread),
    status: rumourStatus(rumour),
    ...(alertId === undefined ? {} : { alertId }),
    raisedAt: new Date(raised.atMs).toISOString(),
    raisedBy: raised.by.name,
    answers: answers.map(({ atMs, by, answer, status }) => ({
      at: new Date(atMs).toISOString(),
      by: by.name,
      answer: clean(answer),
      status,
    })),
  };
}
