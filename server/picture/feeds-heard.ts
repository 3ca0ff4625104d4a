import type { Picture } from './picture.ts';

/** A feed as the live positions tell of it: the token that brought the newest fix of so many units. */
export interface FeedHeard {
  /** Id of the token. */
  readonly id: string;
  readonly units: number;
  /** When it last brought any of these fixes; ms. */
  readonly heardAtMs: number;
}

/** With one unit a token is a phone: that it is silent is told by the unit itself. */
const leastUnits = 2;

/** Every feed that brings several units. One run over the units; no state of its own, so a start knows it at once. */
export function feedsHeard({ roster, liveFixes }: Pick<Picture, 'roster' | 'liveFixes'>): FeedHeard[] {
  const feeds = new Map<string, { id: string; units: number; heardAtMs: number }>();
  for (const unit of roster) {
    if (!unit?.live) continue;
    const id = liveFixes.reporters[unit.slot] ?? '';
    const receivedAtMs = liveFixes.receivedAtMs(unit.slot);
    const feed = feeds.get(id);
    if (!feed) feeds.set(id, { id, units: 1, heardAtMs: receivedAtMs });
    else {
      feed.units += 1;
      feed.heardAtMs = Math.max(feed.heardAtMs, receivedAtMs);
    }
  }
  return [...feeds.values()].filter(({ units }) => units >= leastUnits);
}
