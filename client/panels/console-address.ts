import type { AddressPart } from '../store/address-parts.svelte.ts';
import { boardColumns } from '../store/board-order.ts';
import { boardSizes, queueTabs, type Lists } from '../store/lists.svelte.ts';
import { filterText, readFilter } from '../store/unit-filter.ts';

/** What of the lists is in a link to a view: the tab, the board, its filter and its order. */
export function listParts(lists: Lists): readonly AddressPart[] {
  return [
    {
      name: 'tab',
      read: () => (lists.tab === 'decide' ? undefined : lists.tab),
      write: (value) => (lists.tab = queueTabs.find((tab) => tab === value) ?? 'decide'),
    },
    {
      name: 'board',
      read: () => (lists.board === 'closed' ? undefined : lists.board),
      write: (value) => (lists.board = boardSizes.find((size) => size === value) ?? 'closed'),
    },
    {
      name: 'filter',
      read: () => filterText(lists.filter) || undefined,
      write: (value) => (lists.filter = readFilter(value ?? '')),
    },
    { name: 'sort', read: () => sortText(lists), write: (value) => sortAs(lists, value) },
  ];
}

function sortText({ sort: { column, descending } }: Lists): string | undefined {
  const text = `${column}${descending ? '-down' : ''}`;
  return text === 'callsign' ? undefined : text;
}

function sortAs(lists: Lists, value = 'callsign'): void {
  const name = value.replace(/-down$/, '');
  const column = boardColumns.find((one) => one === name) ?? 'callsign';
  lists.sort = { column, descending: value.endsWith('-down') };
}
