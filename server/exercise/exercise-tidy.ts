import { isOpen } from '../../shared/model/alert-steps.ts';
import type { Alert, Picture } from '../picture/picture.ts';
import { actorOf, isScripted } from './exercise-actors.ts';
import type { Duty } from './exercise-responders.ts';

const untouchedMs = 30 * 60_000;
/** What only the script has touched is given up sooner. */
const untouchedByHumansMs = 15 * 60_000;
const mostOpen = 25;
/** Even above the limit an alert that somebody has just worked on is left alone. */
const atWorkMs = 5 * 60_000;
const lateMs = 7 * 60_000;
/** So many unacknowledged P1 and P2 alerts are always left to the humans. */
const leftToHumans = 3;

/**
 * Keeps an exercise that runs for days readable: what nobody has touched for half an hour is ended step by step, as
 * are the longest untouched of more than twenty-five; and the desk acknowledges late what no human did.
 */
export function tidyDuties(picture: Picture, nowMs: number): Duty[] {
  const open = [...picture.alerts.values()]
    .filter(({ state }) => isOpen(state))
    .sort((a, b) => a.changedAtMs - b.changedAtMs);
  const surplus = new Set(open.slice(0, Math.max(0, open.length - mostOpen)));
  const over = open.filter((alert) => {
    const restsMs = nowMs - alert.changedAtMs;
    return restsMs > patienceMs(alert) || (surplus.has(alert) && restsMs > atWorkMs);
  });
  const waiting = open
    .filter(({ state, priority }) => state === 'received' && (priority === 'P1' || priority === 'P2'))
    .sort((a, b) => b.receivedAtMs - a.receivedAtMs);
  const late = waiting.slice(leftToHumans).filter(({ receivedAtMs }) => nowMs - receivedAtMs > lateMs);
  const acknowledged = late
    .filter((alert) => !over.includes(alert))
    .map((alert) => byWatch(alert, 'acknowledge', {}));
  return [...over.flatMap(endingSteps), ...acknowledged];
}

/** Threats of earlier runs of the script that are still in force. */
export function leftoverThreats(picture: Picture, isOfThisRun: (id: string) => boolean): string[] {
  return [...picture.threats.values()]
    .filter(
      ({ id, raisedBy, endedAtMs }) =>
        endedAtMs === undefined && isScripted({ id: raisedBy }) && !isOfThisRun(id),
    )
    .map(({ id }) => id);
}

/** Open alerts of earlier runs that no human has touched: nobody is playing them any more, so the chief ends them. */
export function leftoverAlerts(picture: Picture, isOfThisRun: (id: string) => boolean): Duty[] {
  return [...picture.alerts.values()]
    .filter(
      ({ id, state, history }) =>
        isOpen(state) && !isOfThisRun(id) && history.every(({ by }) => isScripted(by)),
    )
    .map((alert) => ({
      ...byWatch(alert, 'false', { reason: 'the exercise began anew' }),
      by: actorOf('chief'),
    }));
}

function patienceMs({ state, history }: Alert): number {
  const isLeft = state === 'received' || history.some(({ by }) => !isScripted(by));
  return isLeft ? untouchedMs : untouchedByHumansMs;
}

function byWatch(alert: Alert, step: Duty['step'], body: Duty['body']): Duty {
  return { by: actorOf('watch'), alertId: alert.id, step, body };
}

/** The next step towards an end that the state of the alert allows. */
function endingSteps(alert: Alert): Duty[] {
  switch (alert.state) {
    case 'received':
      return [byWatch(alert, 'acknowledge', {})];
    case 'acknowledged':
      return [{ ...byWatch(alert, 'no-response', { reason: 'no-assets' }), by: actorOf('chief') }];
    case 'triaged':
    case 'monitoring':
    case 'referred':
    case 'stabilised':
      return [byWatch(alert, 'close', { outcome: 'other', harm: 'unknown' })];
    default:
      return alert.tasks.flatMap(({ unit, state }): Duty[] => {
        if (state === 'on-scene') return [byWatch(alert, 'stabilise', { unit })];
        const isMoving = state === 'offered' || state === 'accepted' || state === 'en-route';
        return isMoving ? [byWatch(alert, 'stand-down', { unit, reason: 'end of task' })] : [];
      });
  }
}
