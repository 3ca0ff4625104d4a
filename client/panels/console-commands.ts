import type { Command } from '../store/commands.svelte.ts';
import type { Desk } from '../store/desk.ts';
import { language, text } from '../store/language.svelte.ts';
import { queueOf } from '../store/queue.ts';
import { mayKeepWatch, mayRaise, mayRaiseThreat, mayReportSignal } from './may.ts';

/** What can be done on the console whatever stands on it: raise an alert, step back, go through the queue. */
export function consoleCommands(desk: Desk): readonly Command[] {
  const { selection, session } = desk;
  return [
    {
      id: 'alert.raise',
      group: 'alert',
      title: () => text('queue.raise'),
      keys: 'N',
      isAvailable: () => mayRaise(session.role) && !selection.raising,
      run: () => raiseHere(desk),
    },
    {
      id: 'threat.raise',
      group: 'alert',
      title: () => text('threat.raise'),
      keys: 'Shift+N',
      isAvailable: () => mayRaiseThreat(session.role) && !selection.raising,
      run: () => raiseThreatHere(desk),
    },
    {
      id: 'signal.raise',
      group: 'alert',
      title: () => text('form.newSignal'),
      keys: 'Shift+B',
      isAvailable: () => mayReportSignal(session.role) && !selection.raising,
      run: () => selection.raiseSignal(),
    },
    {
      id: 'alert.next',
      group: 'alert',
      title: () => text('command.nextAlert'),
      keys: 'J',
      run: () => chooseAlert(desk, 1),
    },
    {
      id: 'alert.previous',
      group: 'alert',
      title: () => text('command.previousAlert'),
      keys: 'K',
      run: () => chooseAlert(desk, -1),
    },
    {
      id: 'watch.open',
      group: 'you',
      title: () => text('watchPage.open'),
      keys: 'G W',
      isAvailable: () => mayKeepWatch(session.role),
      run: () => void open('/watch', '_blank', 'noopener'),
    },
    {
      id: 'watch.paper',
      group: 'you',
      title: () => text('watchPage.paper'),
      keys: 'Shift+P',
      isAvailable: () => mayKeepWatch(session.role),
      run: () => void open(`/api/paper?lang=${language.code}`, '_blank', 'noopener'),
    },
    {
      id: 'desk.back',
      group: 'list',
      title: () => text('command.back'),
      keys: 'Escape',
      isAvailable: () => selection.raising || selection.placing || !!selection.thing || !!selection.point,
      run: () => back(desk),
    },
  ];
}

/** A point that was looked up is where the alert is: nobody types a grid reference twice. */
function raiseHere({ selection }: Desk): void {
  const { point } = selection;
  selection.raise();
  if (point) selection.place(point);
}

function raiseThreatHere({ selection }: Desk): void {
  const { point } = selection;
  selection.raiseThreat();
  selection.point = point;
}

function back({ selection }: Desk): void {
  if (selection.raising && selection.placing) selection.placing = false;
  else if (selection.raising || selection.thing) selection.back();
  else selection.point = undefined;
}

/** The alert after or before the chosen one, in the order in which the queue shows them; from none, the first. */
function chooseAlert({ selection, picture, clock }: Desk, step: 1 | -1): void {
  const { decide, running } = queueOf(picture.alerts.values(), clock.nowMs);
  const ids = [...decide, ...running].map(({ alert }) => alert.id);
  const at = ids.findIndex((id) => selection.is('alert', id));
  const next = ids[at < 0 ? 0 : at + step];
  if (next !== undefined) selection.select('alert', next);
}
