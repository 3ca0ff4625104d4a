import type { SegmentName } from '../../shared/model/alert-lists.ts';
import type { SegmentRun } from '../../shared/rules/response-clock.ts';

type Runs = readonly SegmentRun[];

/** Starts a segment; one that runs already goes on. */
export function startSegment(runs: Runs, segment: SegmentName, atMs: number): Runs {
  if (runs.some((run) => run.segment === segment && run.endedAtMs === undefined)) return runs;
  return [...runs, { segment, startedAtMs: atMs }];
}

/** Ends the running runs of these segments. */
export function endSegments(runs: Runs, segments: readonly SegmentName[], atMs: number): Runs {
  return runs.map((run) =>
    run.endedAtMs === undefined && segments.includes(run.segment) ? { ...run, endedAtMs: atMs } : run,
  );
}

/** Ends everything that runs, but for the segments named: a report stays due after an alert is closed. */
export function endAll(runs: Runs, atMs: number, except: readonly SegmentName[] = []): Runs {
  return runs.map((run) =>
    run.endedAtMs === undefined && !except.includes(run.segment) ? { ...run, endedAtMs: atMs } : run,
  );
}
