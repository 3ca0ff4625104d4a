import type { AlertOut } from '../../shared/model/alert.ts';
import type { Principal } from '../../shared/role.ts';
import type { Alert } from '../picture/picture.ts';
import { asProtectionIncident, asReported, forPatrol, inFull, onWall, withoutWays } from './alert-forms.ts';
import { core, isOwn, taskOut } from './alert-parts.ts';
import type { ViewContext } from './view-context.ts';
import { withoutHints } from './without-hints.ts';

/** The alert as this principal may see it (contract, "Who sees what", alerts and restricted classes). */
export function alertView(alert: Alert, principal: Principal, context: ViewContext): AlertOut | undefined {
  return alert.restricted
    ? restrictedView(alert, principal, context)
    : ordinaryView(alert, principal, context);
}

function ordinaryView(alert: Alert, principal: Principal, context: ViewContext): AlertOut | undefined {
  switch (principal.role) {
    case 'admin':
    case 'watch':
    case 'chief':
      return inFull(alert, principal, context);
    case 'sector':
    case 'liaison':
      return isOwn(alert, principal) ? inFull(alert, principal, context) : undefined;
    case 'patrol':
      return isTaskedTo(alert, principal) ? forPatrol(alert, principal, context) : undefined;
    case 'command':
      return withoutHints(inFull(alert, principal, context));
    case 'analyst':
      return withoutHints(withoutWays(inFull(alert, principal, context)));
    case 'wall':
      return onWall(alert, principal, context);
    case 'feed':
      return alert.raisedBy === principal.id ? asReported(alert, principal, context) : undefined;
    case 'adviser':
    case 'dpo':
    case 'auditor':
      return undefined;
  }
}

function restrictedView(alert: Alert, principal: Principal, context: ViewContext): AlertOut | undefined {
  switch (principal.role) {
    case 'admin':
    case 'watch':
    case 'chief':
      return asProtectionIncident(alert, principal, context);
    case 'sector':
    case 'liaison':
      return isOwn(alert, principal) ? asProtectionIncident(alert, principal, context) : undefined;
    case 'adviser':
      return inFull(alert, principal, context);
    case 'feed':
      return alert.raisedBy === principal.id ? asReported(alert, principal, context) : undefined;
    case 'patrol':
    case 'command':
    case 'analyst':
    case 'wall':
    case 'dpo':
    case 'auditor':
      return undefined;
  }
}

/** Whether units of the patrol have a task here, or are to be ready for one. */
function isTaskedTo({ tasks, prewarned = [] }: Alert, { units }: Principal): boolean {
  return (
    tasks.some(({ unit, state }) => units.includes(unit) && state !== 'refused' && state !== 'stood-down') ||
    prewarned.some(({ unit }) => units.includes(unit))
  );
}

/**
 * What the author of a call gets back when the alert is not (or no longer) for its eyes: its own words when it raised
 * the alert, else no more than what its call was about.
 */
export function alertReceipt(alert: Alert, principal: Principal, context: ViewContext): AlertOut {
  if (alert.raisedBy === principal.id) return asReported(alert, principal, context);
  const own = alert.tasks.filter((task) => principal.units.includes(task.unit));
  return { ...core(alert, principal, context), tasks: own.map(taskOut), allowed: [] };
}
