import { clockText, elapsedText } from '../../shared/messages/format.ts';
import type { AlertOut } from '../../shared/model/alert.ts';
import type { Desk } from '../store/desk.ts';
import { text } from '../store/language.svelte.ts';
import { gradeText, placeOfAlert } from '../store/naming.ts';
import type { QueueRow } from '../store/queue.ts';
import { callsignOf } from './unit-words.ts';

/** The name an alert goes by: where it is. */
export function alertTitle(alert: AlertOut, { picture, session }: Pick<Desk, 'picture' | 'session'>): string {
  const places = picture.places;
  return placeOfAlert(alert, { places, sectors: session.mission.sectors }) ?? text('queue.noPlace');
}

/** An alert for those who hear it: what, where, how far it is, and how far the units are that were tasked. */
export function alertSpoken(alert: AlertOut, desk: Pick<Desk, 'picture' | 'session'>): string {
  const whole = text('queue.spoken', {
    priority: alert.priority,
    place: alertTitle(alert, desk),
    category: text(`category.${alert.category}`),
    state: text(`alertState.${alert.state}`),
  });
  const tasks = alert.tasks.map(({ unit, state }) =>
    text('queue.spokenTask', {
      unit: callsignOf(desk.picture.units, unit),
      state: text(`taskState.${state}`),
    }),
  );
  return [whole, ...tasks].join(' ');
}

/** The second line of a row: what, by which way, how good. Parts a viewer may not see are left out. */
export function alertSummary(alert: AlertOut): string {
  const channel = alert.channel === undefined ? undefined : text(`channel.${alert.channel}`);
  const parts = [text(`category.${alert.category}`), channel, gradeText(alert)];
  return parts.filter((part) => part !== undefined).join(' · ');
}

export interface ClockWords {
  readonly label: string;
  readonly figure: string;
  readonly over: boolean;
  /** True where the segment has no target: the figure counts up and nothing is due. */
  readonly free: boolean;
  /** Says what the figure is, for those who hear it: left, over or so far. */
  readonly meaning: string;
  /** The same with the target: `left of 1:00`; `over 30:00 target`. */
  readonly due: string;
}

/** The running segment in words and figures; where nothing runs, the state alone. */
export function clockWords({ alert, segment, leftS, elapsedS }: QueueRow): ClockWords {
  if (segment === undefined) {
    return {
      label: text(`alertState.${alert.state}`),
      figure: '',
      over: false,
      free: false,
      meaning: '',
      due: '',
    };
  }
  const label = text(`segment.${segment}`);
  if (leftS === undefined) {
    const meaning = text('queue.elapsed');
    return { label, figure: elapsedText(elapsedS), over: false, free: true, meaning, due: meaning };
  }
  const over = leftS < 0;
  return {
    label,
    figure: clockText(leftS),
    over,
    free: false,
    meaning: text(over ? 'queue.over' : 'queue.left'),
    due: text(over ? 'queue.overTarget' : 'queue.leftTarget', { time: clockText(leftS + elapsedS) }),
  };
}

/** How much of the running segment's target is used, 0 to 1; undefined where it has none. */
export function targetShare({ leftS, elapsedS }: QueueRow): number | undefined {
  return leftS === undefined ? undefined : Math.min(1, elapsedS / Math.max(1, elapsedS + leftS));
}
