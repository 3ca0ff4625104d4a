import type { FeedState } from '../../shared/wire/live.ts';
import { feedsHeard } from '../picture/feeds-heard.ts';
import type { Picture } from '../picture/picture.ts';

/** A feed that has brought nothing for so long is said to be silent. */
export const feedSilentAfterMs = 5 * 60_000;
/** After so long it is taken to be gone for good. */
export const feedGoneAfterMs = 24 * 3_600_000;
/** No more names than a strip can hold; the rest is counted. */
const mostNamed = 3;

/** Which feeds bring positions, and which have fallen silent, longest first; undefined where there is none. */
export async function feedState(
  picture: Pick<Picture, 'roster' | 'liveFixes'>,
  nameOf: (token: string) => Promise<string | undefined>,
  nowMs: number,
): Promise<FeedState | undefined> {
  const known = feedsHeard(picture).filter(({ heardAtMs }) => nowMs - heardAtMs < feedGoneAfterMs);
  if (known.length === 0) return undefined;
  const silent = known
    .filter(({ heardAtMs }) => nowMs - heardAtMs > feedSilentAfterMs)
    .sort((one, other) => one.heardAtMs - other.heardAtMs);
  const named = silent.slice(0, mostNamed).map(async ({ id, heardAtMs, units }) => {
    const name = await nameOf(id);
    return { ...(name === undefined ? {} : { name }), units, since: new Date(heardAtMs).toISOString() };
  });
  return { heard: known.length - silent.length, all: known.length, silent: await Promise.all(named) };
}
