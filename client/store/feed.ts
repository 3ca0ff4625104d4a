import type { AlertEvent, AlertOut } from '../../shared/model/alert.ts';
import type { Priority } from '../../shared/model/alert-lists.ts';
import type { ThreatOut } from '../../shared/model/threat.ts';
import { lostAfterFactor } from '../../shared/rules/age.ts';
import { isTrue, type LinkState } from './link.ts';
import type { Units } from './units.ts';

interface Happened {
  /** Unique in a feed, and the same whenever it is made again. */
  readonly key: string;
  readonly atMs: number;
}

/** Something that happened, as the feed tells it. */
export type FeedItem = Happened &
  (
    | {
        readonly kind: 'alert';
        readonly id: string;
        readonly what: AlertEvent['what'];
        readonly priority: Priority;
        /** Who did it; undefined where the viewer may not know. */
        readonly by: Pick<AlertEvent, 'by' | 'role'> | undefined;
      }
    | { readonly kind: 'threat'; readonly id: string; readonly what: 'raised' | 'ended' | 'lapsed' }
    | { readonly kind: 'unit'; readonly id: string; readonly what: 'lost' | 'returned' }
    /** Very many units at once are one thing that happened. */
    | { readonly kind: 'units'; readonly count: number; readonly what: 'lost' | 'returned' }
    | {
        readonly kind: 'link';
        readonly what: 'lost' | 'back';
        /** How long it was gone, for one that is back. */
        readonly forS: number | undefined;
      }
  );
export type FeedKind = 'alert' | 'threat' | 'unit' | 'link';

/** How much a feed holds. */
export const mostFeedItems = 500;

/** Everything that alerts tell of themselves: their histories reach back to before this page was opened. */
export function alertItems(alerts: Iterable<AlertOut>): FeedItem[] {
  return [...alerts].flatMap(({ id, priority, receivedAt, history }) => {
    const events = history ?? [{ what: 'received' as const, at: receivedAt }];
    return events.map((event, index) => ({
      key: `${id} ${index} ${event.at}`,
      kind: 'alert' as const,
      atMs: Date.parse(event.at),
      id,
      priority,
      what: event.what,
      by: 'by' in event ? { by: event.by, role: event.role } : undefined,
    }));
  });
}

/** Threats that were raised, ended, or whose time has run out by now. */
export function threatItems(threats: Iterable<ThreatOut>, nowMs: number): FeedItem[] {
  return [...threats].flatMap(({ id, raisedAt, endedAt, validTo }) => {
    const item = (what: 'raised' | 'ended' | 'lapsed', at: string): FeedItem => ({
      key: `${id} ${what} ${at}`,
      kind: 'threat',
      atMs: Date.parse(at),
      id,
      what,
    });
    const items = [item('raised', raisedAt)];
    if (endedAt !== undefined) items.push(item('ended', endedAt));
    else if (validTo !== undefined && Date.parse(validTo) <= nowMs) items.push(item('lapsed', validTo));
    return items;
  });
}

/** The newest of all lists together, newest first; what happened at the same moment keeps its order, later first. */
export function feedOf(lists: ReadonlyArray<readonly FeedItem[]>, most = mostFeedItems): FeedItem[] {
  return lists
    .flat()
    .map((item, index) => ({ item, index }))
    .sort((a, b) => b.item.atMs - a.item.atMs || b.index - a.index)
    .slice(0, most)
    .map(({ item }) => item);
}

export function feedKindOf(item: FeedItem): FeedKind {
  return item.kind === 'units' ? 'unit' : item.kind;
}

/** So many units lost or back within one look are told as one. */
const manyUnits = 8;
const lost = 3; // index into unitStates

/**
 * Notices units that are lost and that come back. A unit that comes into view is not news, and while the link is down
 * nothing is judged: then it is this screen that does not know.
 */
export class UnitWatch {
  #ids: Array<string | undefined> = [];
  #wasLost = new Uint8Array(0);
  #looks = 0;

  /** Called about once a second, after a restate. */
  look(units: Units, nowMs: number, link: LinkState): FeedItem[] {
    if (!isTrue(link)) {
      this.#looks = 0;
      return [];
    }
    // What came while the link was away needs a look to settle.
    if (this.#looks++ === 0 && this.#ids.length > 0) return [];
    if (this.#wasLost.length < units.rows) this.#grow(units.rows);
    const gone: number[] = [];
    const back: number[] = [];
    for (let row = 0; row < units.rows; row += 1) {
      const id = units.idAt(row);
      const isLost = units.state[row] === lost && units.hasFix(row) ? 1 : 0;
      if (id !== undefined && id === this.#ids[row] && isLost !== this.#wasLost[row])
        (isLost ? gone : back).push(row);
      this.#ids[row] = id;
      this.#wasLost[row] = isLost;
    }
    return [...told(units, gone, 'lost', nowMs), ...told(units, back, 'returned', nowMs)];
  }

  #grow(rows: number): void {
    const wider = new Uint8Array(rows * 2);
    wider.set(this.#wasLost);
    this.#wasLost = wider;
  }
}

function told(units: Units, rows: readonly number[], what: 'lost' | 'returned', nowMs: number): FeedItem[] {
  if (rows.length >= manyUnits)
    return [{ key: `units ${what} ${nowMs}`, kind: 'units', atMs: nowMs, count: rows.length, what }];
  return rows.flatMap((row) => {
    const id = units.idAt(row);
    if (id === undefined) return [];
    const timeMs = units.timeMs[row] ?? nowMs;
    const atMs =
      what === 'returned' ? timeMs : timeMs + 1000 * (units.staleAfterS[row] ?? 0) * lostAfterFactor;
    return [{ key: `${id} ${what} ${atMs}`, kind: 'unit' as const, atMs: Math.min(atMs, nowMs), id, what }];
  });
}

/** Notices the link going and coming back. */
export class LinkWatch {
  #lostMs: number | undefined;

  look(link: LinkState, nowMs: number): FeedItem[] {
    if (link.kind === 'connecting' || isTrue(link) === (this.#lostMs === undefined)) return [];
    if (this.#lostMs === undefined) {
      this.#lostMs = ('sinceMs' in link ? link.sinceMs : undefined) ?? nowMs;
      return [{ key: `link lost ${nowMs}`, kind: 'link', atMs: this.#lostMs, what: 'lost', forS: undefined }];
    }
    const forS = (nowMs - this.#lostMs) / 1000;
    this.#lostMs = undefined;
    return [{ key: `link back ${nowMs}`, kind: 'link', atMs: nowMs, what: 'back', forS }];
  }
}
