import { setTimeout as pause } from 'node:timers/promises';
import { inTimeOrder, surveyTrack, type Survey } from './in-time-order.ts';
import { inPace, type Clock } from './pace.ts';
import { postPositions } from './post-positions.ts';
import type { Progress } from './progress.ts';
import { openTrackFile } from './read-track.ts';
import { Summary } from './summary.ts';

export interface PlayOptions {
  readonly file: string;
  readonly speed: number;
  readonly url: string;
  /** Asked for once the recording has been found readable. */
  readonly token: () => Promise<string>;
  readonly signal: AbortSignal;
  readonly clock?: Clock;
  readonly progress: (survey: Survey) => Progress;
}

export const realClock: Clock = {
  nowMs: Date.now,
  wait: (ms, signal) => pause(ms, undefined, { signal }).catch(() => undefined),
};

export interface Played {
  readonly survey: Survey;
  readonly summary: Summary;
  readonly lastedMs: number;
}

/** Plays a recording through the front door of a running server, to its end or until it is told to stop. */
export async function playFile(options: PlayOptions): Promise<Played> {
  const { clock = realClock, signal, speed, url } = options;
  const file = await openTrackFile(options.file);
  const survey = await surveyTrack(file);
  if (survey.fixes === 0) throw new Error(`${options.file} holds no fix${whyEmpty(survey)}`);
  const token = await options.token();
  const summary = new Summary();
  const progress = options.progress(survey);
  const onRetry = (why: string, pauseMs: number): void => {
    summary.retries += 1;
    progress.say(`${why}; trying again in ${(pauseMs / 1_000).toFixed(1)} s`);
  };
  const begunMs = performance.now();
  try {
    for await (const batch of inPace(inTimeOrder(file, survey), {
      firstMs: survey.firstMs,
      speed,
      clock,
      signal,
    })) {
      const posted = await postPositions(batch, { url, token, clock, signal, onRetry });
      if (!posted) break;
      summary.add(batch.length, posted);
      progress.update(summary.sent);
    }
  } finally {
    progress.stop();
  }
  return { survey, summary, lastedMs: performance.now() - begunMs };
}

function whyEmpty({ unreadable, firstUnreadable }: Survey): string {
  return firstUnreadable
    ? `: ${unreadable} unreadable, first ${firstUnreadable.where}: ${firstUnreadable.why}`
    : '';
}
