import { protectionIncident, type AlertCategory } from '../../shared/model/alert-lists.ts';
import type { AlertOut } from '../../shared/model/alert.ts';
import { isOpen, stepsFor } from '../../shared/model/alert-steps.ts';
import type { Principal } from '../../shared/role.ts';
import type { Alert } from '../picture/picture.ts';
import {
  area,
  callerOf,
  core,
  ending,
  escalationsOf,
  historyOf,
  mergedUnseen,
  ownerOf,
  prewarnedOf,
  reported,
  sectorOf,
  taskOut,
  wordsOf,
} from './alert-parts.ts';
import { withoutContactHints } from './lowered.ts';
import { sameAlerts } from './same-alerts.ts';
import type { ViewContext } from './view-context.ts';

/**
 * Ordinary categories that the reduced audiences (wall, patrol) get under the public name as well, so that the name
 * alone does not say that a record is restricted.
 */
const delicate: readonly AlertCategory[] = ['abduction', 'forced-recruitment', 'arrest', 'returnee', 'crsv'];

export function inFull(alert: Alert, principal: Principal, context: ViewContext): AlertOut {
  const hidden = mergedUnseen(alert, principal, context);
  return {
    ...core(alert, principal, context),
    number: alert.number,
    verification: alert.verification,
    ...reported(alert),
    ...wordsOf(alert),
    ...sectorOf(alert),
    ...ownerOf(alert),
    ...(alert.restricted ? { restricted: alert.restricted } : {}),
    ...escalationsOf(alert),
    ...callerOf(alert, principal),
    tasks: alert.tasks.map(taskOut),
    ...prewarnedOf(alert, principal),
    history: historyOf(alert, hidden),
    ...ending(alert, hidden),
    ...sameAlerts(alert, principal, context),
  };
}

/** A restricted record below its channel: that there is one, how urgent, and where about. No words of anyone. */
export function asProtectionIncident(alert: Alert, principal: Principal, context: ViewContext): AlertOut {
  return {
    ...core(alert, principal, context),
    number: alert.number,
    verification: alert.verification,
    ...area(alert),
    ...sectorOf(alert),
    ...ownerOf(alert),
    ...escalationsOf(alert),
    tasks: alert.tasks.map(({ order: _order, reason: _reason, ...task }) => taskOut(task)),
    ...prewarnedOf(alert, principal),
  };
}

/** For the patrol that is tasked: place, category, its own order. No source, no original text. */
export function forPatrol(alert: Alert, principal: Principal, context: ViewContext): AlertOut {
  const { lon, lat, placeId, placeName } = alert.report;
  const own = alert.tasks.filter((task) => principal.units.includes(task.unit));
  return {
    ...core(alert, principal, context),
    category: publicCategory(alert),
    ...(typeof lon === 'number' && typeof lat === 'number' ? { lon, lat } : {}),
    precision: reported(alert).precision,
    ...(placeId ? { placeId } : {}),
    ...(placeName ? { placeName: withoutContactHints(placeName) } : {}),
    tasks: own.map(taskOut),
    ...prewarnedOf(alert, principal),
    allowed: stepsFor(principal.role, { ...alert, tasks: own }),
  };
}

/** On a wall: open P1 and P2, what kind, where about, how long. */
export function onWall(alert: Alert, principal: Principal, context: ViewContext): AlertOut | undefined {
  if (!isOpen(alert.state) || alert.priority === 'P3' || alert.priority === 'P4') return undefined;
  return {
    ...core(alert, principal, context),
    category: publicCategory(alert),
    ...area(alert),
    ...sectorOf(alert),
    allowed: [],
  };
}

/** To whoever raised it: the words it sent itself, and nothing that others have added since. */
export function asReported(alert: Alert, principal: Principal, context: ViewContext): AlertOut {
  const sent = alert.history[0]?.detail?.['report'];
  const report = typeof sent === 'object' && sent !== null ? (sent as Alert['report']) : alert.report; // the fold put it there
  // What was read of the words knows villages, which a feed does not see.
  const { reading: _reading, ...words } = report;
  return { ...core(alert, principal, context), ...reported({ report: words }), allowed: [] };
}

function publicCategory(alert: Alert): AlertOut['category'] {
  return delicate.includes(alert.report.category) ? protectionIncident : alert.report.category;
}

/** Without how far off units are now: who sees units an hour late does not see it here at once. */
export function withoutWays(alert: AlertOut): AlertOut {
  return {
    ...alert,
    tasks: alert.tasks.map(({ expected: _expected, ...task }) => task),
    history: (alert.history ?? []).filter(({ what }) => what !== 'expected'),
  };
}
