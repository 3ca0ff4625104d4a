import type { Request } from './actions.ts';
import { Activity } from './activity.svelte.ts';
import type { BoardColumn, BoardSort } from './board-order.ts';
import { feedOf, LinkWatch, UnitWatch, type FeedItem } from './feed.ts';
import type { LinkState } from './link.ts';
import { Marked } from './marked.svelte.ts';
import { noFilter, type UnitFilter } from './unit-filter.ts';
import type { Units } from './units.ts';

export const queueTabs = ['decide', 'running', 'closed', 'units', 'feed'] as const;
export type QueueTab = (typeof queueTabs)[number];
export const boardSizes = ['closed', 'half', 'full'] as const;
export type BoardSize = (typeof boardSizes)[number];

/** What the lists of the console show, and which of their rows are marked. */
export class Lists {
  tab = $state<QueueTab>('decide');
  board = $state<BoardSize>('closed');
  /** Whether the map has the whole page: queue and time bar are folded away until they are asked for again. */
  mapAlone = $state(false);
  /** Whether the board takes the keys when it has opened: it does for whoever asked for it, not for a link. */
  entersBoard = false;
  sort = $state.raw<BoardSort>({ column: 'callsign', descending: false });
  filter = $state.raw<UnitFilter>(noFilter);
  readonly markedAlerts = new Marked();
  readonly markedUnits = new Marked();
  readonly activity: Activity;
  /** What happened to units and to the link since this page was opened, newest first. */
  noticed = $state.raw<readonly FeedItem[]>([]);
  readonly #unitWatch = new UnitWatch();
  readonly #linkWatch = new LinkWatch();

  constructor(request: Request) {
    this.activity = new Activity(request);
  }

  /** Looks for what has happened; about once a second. */
  watch(units: Units, link: LinkState, nowMs: number): void {
    const news = [...this.#linkWatch.look(link, nowMs), ...this.#unitWatch.look(units, nowMs, link)];
    if (news.length > 0) this.noticed = feedOf([[...this.noticed].reverse(), news]);
  }

  /** Opens the board at this size, or closes it where it stands so. */
  toggleBoard(size: Exclude<BoardSize, 'closed'>): void {
    this.entersBoard = this.board === 'closed';
    this.board = this.board === size ? 'closed' : size;
  }

  /** Ages and speeds are asked for their worst first; the same column again turns the order round. */
  sortBy(column: BoardColumn): void {
    const again = this.sort.column === column;
    const first = column === 'age' || column === 'speed' || column === 'state' || column === 'time';
    this.sort = { column, descending: again ? !this.sort.descending : first };
  }
}
