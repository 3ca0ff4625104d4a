import type { PositionIn } from '../../../shared/model/position.ts';
import { inTimeOrder, surveyTrack } from '../play/in-time-order.ts';
import { realClock } from '../play/play-file.ts';
import { postPositions } from '../play/post-positions.ts';
import { openTrackFile } from '../play/read-track.ts';
import { Summary } from '../play/summary.ts';
import type { ProvenServer } from './proven-server.ts';

/** A recording brought to times shortly before now, and what the server must make of it. */
export interface Replay {
  readonly positions: readonly PositionIn[];
  /** By unit, in the order of their times, doubles left out. */
  readonly tracks: ReadonlyMap<string, readonly PositionIn[]>;
  /** Fixes that are in the file twice, word for word. */
  readonly duplicates: number;
  /** Fixes of one unit and time that differ: the first one counts. */
  readonly conflicts: number;
}

const endsBeforeNowMs = 5_000;
const perPost = 5_000;

/** `prefix` tells units of one file from those of another. */
export async function readReplay(path: string, prefix = ''): Promise<Replay> {
  const file = await openTrackFile(path);
  const survey = await surveyTrack(file);
  const shiftMs = Date.now() - endsBeforeNowMs - survey.lastMs;
  const positions: PositionIn[] = [];
  for await (const { unit, atMs, ...fix } of inTimeOrder(file, survey)) {
    positions.push({ ...fix, unit: prefix + unit, time: new Date(Math.round(atMs + shiftMs)).toISOString() });
  }
  return { positions, ...sortedOut(positions) };
}

function sortedOut(positions: readonly PositionIn[]): Omit<Replay, 'positions'> {
  const tracks = new Map<string, Map<string, PositionIn>>();
  let [duplicates, conflicts] = [0, 0];
  for (const position of positions) {
    const track = tracks.get(position.unit) ?? new Map<string, PositionIn>();
    tracks.set(position.unit, track);
    const first = track.get(position.time);
    if (!first) track.set(position.time, position);
    else if (JSON.stringify(first) === JSON.stringify(position)) duplicates += 1;
    else conflicts += 1;
  }
  return {
    tracks: new Map([...tracks].map(([unit, track]) => [unit, [...track.values()]])),
    duplicates,
    conflicts,
  };
}

export interface Sent {
  readonly summary: Summary;
  readonly lastedMs: number;
}

/** Sends it all through the front door, one call after another, as fast as it goes. */
export async function send(
  { url, feedToken }: ProvenServer,
  positions: readonly PositionIn[],
): Promise<Sent> {
  const summary = new Summary();
  const begunMs = performance.now();
  const { signal } = new AbortController();
  for (let at = 0; at < positions.length; at += perPost) {
    const batch = positions.slice(at, at + perPost);
    const posted = await postPositions(batch, {
      url,
      token: feedToken,
      clock: realClock,
      signal,
      onRetry: () => (summary.retries += 1),
    });
    if (posted) summary.add(batch.length, posted);
  }
  return { summary, lastedMs: performance.now() - begunMs };
}
