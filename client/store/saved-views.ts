import type { SavedView } from '../../shared/model/preferences.ts';
import type { Standing } from './go-to.svelte.ts';

/** More than these the account does not keep. */
export const mostViews = 50;

/** The views with one more; of the same name the newer stands, and where there are too many the oldest goes. */
export function withView(
  views: readonly SavedView[],
  name: string,
  { lon, lat, zoom }: Standing,
): SavedView[] {
  const plain = name.trim().slice(0, 60);
  const others = views.filter((view) => view.name !== plain);
  return [...others, { name: plain, lon, lat, zoom }].slice(-mostViews);
}
