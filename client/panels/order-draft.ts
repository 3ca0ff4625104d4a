import { mgrsText } from '../../shared/geo/coordinates.ts';
import { dtg } from '../../shared/messages/format.ts';
import { protectionIncident } from '../../shared/model/alert-lists.ts';
import type { AlertOut } from '../../shared/model/alert.ts';
import type { Desk } from '../store/desk.ts';
import { text } from '../store/language.svelte.ts';
import { alertTitle } from './alert-words.ts';

/** Figures of a grid reference, each way: no more than is known of the place. */
const digitsOf = { exact: 5, village: 3, area: 2, unknown: undefined } as const;

/**
 * An order as it is usually given, for a person to change and send: where, what, since when, and how not to lead
 * anybody to the caller. It holds nothing that was said, and of a restricted record no more than the area.
 */
export function orderDraft(alert: AlertOut, desk: Pick<Desk, 'picture' | 'session'>): string {
  const { lon, lat, precision, category } = alert;
  const digits = category === protectionIncident ? digitsOf.area : digitsOf[precision];
  const grid = lon === undefined || lat === undefined || !digits ? undefined : mgrsText(lon, lat, digits);
  const place = alertTitle(alert, desk);
  return [
    text('order.go', { place: grid === undefined ? place : `${place}, ${grid}` }),
    text('order.what', {
      category: text(`category.${category}`),
      priority: alert.priority,
      time: dtg(Date.parse(alert.receivedAt)),
    }),
    text('order.report'),
    text('order.noCaller'),
  ].join('\n');
}
