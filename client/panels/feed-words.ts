import { ageText } from '../../shared/messages/format.ts';
import { isMessageKey } from '../../shared/messages/text.ts';
import type { Desk } from '../store/desk.ts';
import type { FeedItem } from '../store/feed.ts';
import { language, text } from '../store/language.svelte.ts';
import type { ThingRef } from '../store/selection.svelte.ts';
import { alertTitle } from './alert-words.ts';
import { callsignOf } from './unit-words.ts';

export interface FeedWords {
  readonly title: string;
  /** Who did it, or what it was about. */
  readonly by: string;
  /** Where a click goes; undefined for what is about no one thing. */
  readonly about: ThingRef | undefined;
}

/** An item of the feed in words. */
export function feedWords(item: FeedItem, desk: Pick<Desk, 'picture' | 'session'>): FeedWords {
  switch (item.kind) {
    case 'alert': {
      const alert = desk.picture.alerts.get(item.id);
      const title = alert ? alertTitle(alert, desk) : item.id;
      const about = { kind: 'alert', id: item.id } as const;
      return { title: `${text(`event.${item.what}`)} · ${title}`, by: byWords(item.by), about };
    }
    case 'threat': {
      const what = desk.picture.threats.get(item.id)?.kind ?? item.id;
      const title = {
        raised: text('feed.threatRaised', { what }),
        ended: text('feed.threatEnded', { what }),
        lapsed: text('feed.threatLapsed', { what }),
      }[item.what];
      return { title, by: '', about: { kind: 'threat', id: item.id } };
    }
    case 'unit': {
      const unit = callsignOf(desk.picture.units, item.id);
      const title = text(item.what === 'lost' ? 'feed.unitLost' : 'feed.unitReturned', { unit });
      return { title, by: '', about: { kind: 'unit', id: item.id } };
    }
    case 'units': {
      const { count } = item;
      const title = text(item.what === 'lost' ? 'feed.unitsLost' : 'feed.unitsReturned', { count });
      return { title, by: '', about: undefined };
    }
    case 'link': {
      const back = item.forS === undefined ? '' : ageText(item.forS, language.code);
      const title = item.what === 'lost' ? text('feed.linkLost') : text('feed.linkBack', { time: back });
      return { title, by: '', about: undefined };
    }
  }
}

function byWords(by: { readonly by: string; readonly role: string } | undefined): string {
  if (!by) return '';
  const key = `role.${by.role}`;
  return isMessageKey(key) ? text('card.by', { name: by.by, role: text(key) }) : by.by;
}
