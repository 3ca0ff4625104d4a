import { openTrackFile } from '../../server/cli/play/read-track.ts';
import type { TrackFix } from '../../server/cli/play/track-fix.ts';

/** All fixes of a recording, oldest first. */
export async function inTimeOrder(path: string): Promise<TrackFix[]> {
  const fixes: TrackFix[] = [];
  for await (const fix of (await openTrackFile(path)).fixes(() => undefined)) fixes.push(fix);
  return fixes.sort((a, b) => a.atMs - b.atMs);
}
