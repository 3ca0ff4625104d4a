import type { TrackFile } from './read-track.ts';
import type { TrackFix, Unreadable } from './track-fix.ts';

/** What a recording holds, known before it is played. */
export interface Survey {
  readonly fixes: number;
  readonly units: number;
  readonly firstMs: number;
  readonly lastMs: number;
  readonly isNearlySorted: boolean;
  readonly unreadable: number;
  readonly firstUnreadable?: Unreadable;
}

/** A recording may be out of order by so much and still be played as it is read. */
const nearMs = 60_000;
/** More fixes than this are not sorted in memory. */
const mostSorted = 4_000_000;

/** Reads a recording through once: two quick readings are cheaper than one that must hold everything. */
export async function surveyTrack(file: TrackFile): Promise<Survey> {
  const units = new Set<string>();
  let [fixes, unreadable, isNearlySorted] = [0, 0, true];
  let [firstMs, lastMs] = [Infinity, -Infinity];
  let firstUnreadable: Unreadable | undefined;
  const onUnreadable = (row: Unreadable): void => {
    unreadable += 1;
    firstUnreadable ??= row;
  };
  for await (const { unit, atMs } of file.fixes(onUnreadable)) {
    fixes += 1;
    units.add(unit);
    if (atMs < lastMs - nearMs) isNearlySorted = false;
    firstMs = Math.min(firstMs, atMs);
    lastMs = Math.max(lastMs, atMs);
  }
  return {
    fixes,
    units: units.size,
    firstMs,
    lastMs,
    isNearlySorted,
    unreadable,
    ...(firstUnreadable ? { firstUnreadable } : {}),
  };
}

/** The fixes in the order of their times, streamed where the file is nearly in order, sorted in memory where not. */
export function inTimeOrder(file: TrackFile, survey: Survey): AsyncIterable<TrackFix> {
  const fixes = file.fixes(() => undefined);
  if (survey.isNearlySorted) return sortNearly(fixes);
  if (survey.fixes > mostSorted) {
    throw new Error(
      `${file.name}: ${survey.fixes} fixes are not in the order of their times; sort the file by t first`,
    );
  }
  return sortAll(fixes);
}

async function* sortAll(fixes: AsyncIterable<TrackFix>): AsyncIterable<TrackFix> {
  const all: TrackFix[] = [];
  for await (const fix of fixes) all.push(fix);
  yield* all.sort((a, b) => a.atMs - b.atMs);
}

/** Holds fixes back until none can come any more that is older. */
async function* sortNearly(fixes: AsyncIterable<TrackFix>): AsyncIterable<TrackFix> {
  let held: TrackFix[] = [];
  let [newestMs, heldFromMs] = [-Infinity, Infinity];
  for await (const fix of fixes) {
    held.push(fix);
    newestMs = Math.max(newestMs, fix.atMs);
    heldFromMs = Math.min(heldFromMs, fix.atMs);
    // Twice the span, so that each fix is sorted about twice and not at every step.
    if (newestMs - heldFromMs < 2 * nearMs) continue;
    held.sort((a, b) => a.atMs - b.atMs);
    const firstHeld = held.findIndex(({ atMs }) => atMs > newestMs - nearMs);
    yield* held.slice(0, firstHeld);
    held = held.slice(firstHeld);
    heldFromMs = held[0]?.atMs ?? Infinity;
  }
  yield* held.sort((a, b) => a.atMs - b.atMs);
}
