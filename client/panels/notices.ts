import type { AlertOut } from '../../shared/model/alert.ts';
import { isRestricted } from '../store/alarms.ts';
import type { Desk } from '../store/desk.ts';
import { text } from '../store/language.svelte.ts';
import { alertTitle } from './alert-words.ts';

const standing = new Map<string, Notification>();

/** Whether the browser lets this page tell of news; it can only be asked from a click. */
export function noticePermission(): NotificationPermission | 'none' {
  return 'Notification' in globalThis ? Notification.permission : 'none';
}

/** Asks the person; call it from their click. */
export async function askForNotices(): Promise<NotificationPermission | 'none'> {
  return noticePermission() === 'none' ? 'none' : Notification.requestPermission();
}

/**
 * Words for a notice on the desktop, which others may see and other programs keep: what and where of an ordinary
 * alert, never what was said; of a restricted one only that it came.
 */
export function noticeWords(
  alert: AlertOut,
  desk: Pick<Desk, 'picture' | 'session'>,
): { title: string; body: string } {
  const { priority } = alert;
  if (isRestricted(alert))
    return { title: text('notice.restricted', { priority }), body: text('notice.open') };
  // Whoever was told of the alert before is told now that somebody who was sent seems not to come.
  const what = alert.state === 'received' ? (`category.${alert.category}` as const) : 'segment.diversion';
  return { title: `${priority} · ${text(what)}`, body: alertTitle(alert, desk) };
}

/** Tells of an alert beside the page; a click brings the page and the alert. */
export function notify(alert: AlertOut, desk: Desk): void {
  if (noticePermission() !== 'granted') return;
  const { title, body } = noticeWords(alert, desk);
  try {
    const notice = new Notification(title, {
      body,
      tag: `nightflash ${alert.id}`,
      requireInteraction: alert.priority === 'P1',
      silent: true,
    });
    notice.addEventListener('click', () => {
      focus();
      desk.selection.select('alert', alert.id);
      notice.close();
    });
    standing.set(alert.id, notice);
  } catch {
    // Phones let only service workers tell; the page itself tells there.
  }
}

/** Takes back notices of alerts that wait for nobody any more. */
export function withdrawNotices(stillWaits: (alertId: string) => boolean): void {
  for (const [id, notice] of standing) {
    if (stillWaits(id)) continue;
    notice.close();
    standing.delete(id);
  }
}
