import type { Command } from '../store/commands.svelte.ts';
import type { Desk } from '../store/desk.ts';
import { text } from '../store/language.svelte.ts';
import { queueTabs, type QueueTab } from '../store/lists.svelte.ts';

const keysOfTabs: Readonly<Record<QueueTab, string>> = {
  decide: 'G D',
  running: 'G R',
  closed: 'G C',
  units: 'G U',
  feed: 'Shift+A',
};

/** What can be done in the queue by key: show one of its lists, mark several alerts. `order` is as on screen. */
export function queueCommands(
  { lists, selection }: Desk,
  order: () => readonly string[],
): readonly Command[] {
  const marked = lists.markedAlerts;
  const chosen = (): string | undefined =>
    selection.thing?.kind === 'alert' ? selection.thing.id : undefined;
  const markOn = (step: 1 | -1): void => {
    const ids = order();
    const from = chosen();
    const next = ids[from === undefined ? 0 : ids.indexOf(from) + step];
    if (from !== undefined && !marked.has(from)) marked.toggle(from);
    if (next === undefined) return;
    marked.extendTo(next, ids);
    selection.select('alert', next);
  };
  return [
    ...queueTabs.map((tab) => ({
      id: `list.${tab}`,
      group: 'list' as const,
      title: () => text('list.show', { list: text(`queue.${tab}`) }),
      keys: keysOfTabs[tab],
      run: () => (lists.tab = tab),
    })),
    {
      id: 'list.mark',
      group: 'list',
      title: () => text('list.mark'),
      keys: 'X',
      isAvailable: () => chosen() !== undefined,
      run: () => {
        const id = chosen();
        if (id !== undefined) marked.toggle(id);
      },
    },
    {
      id: 'list.markNext',
      group: 'list',
      title: () => text('list.markNext'),
      keys: 'Shift+J',
      isAvailable: () => order().length > 0,
      run: () => markOn(1),
    },
    {
      id: 'list.markPrevious',
      group: 'list',
      title: () => text('list.markPrevious'),
      keys: 'Shift+K',
      isAvailable: () => order().length > 0,
      run: () => markOn(-1),
    },
  ];
}
