import type { Logger } from '../diagnostics/logger.ts';
import type { LivePicture } from './live-picture.ts';

const lookEveryMs = 60_000;
/** Entries behind the last snapshot that make a new one worth its writing. */
const entriesBetween = 20_000;

/** Writes a snapshot whenever enough has been folded since the last, so that a start after kill -9 is quick too. */
export function keepSnapshots(livePicture: LivePicture, log: Logger): { stop(): void } {
  let lastSeq = livePicture.picture.seq;
  let underWay = false;
  const look = async (): Promise<void> => {
    const { seq } = livePicture.picture;
    if (underWay || Math.abs(seq - lastSeq) < entriesBetween) return;
    underWay = true;
    try {
      await livePicture.saveSnapshot();
      lastSeq = seq;
    } catch (err) {
      log.warn({ err }, 'no snapshot was written; a start takes longer until one is');
    } finally {
      underWay = false;
    }
  };
  const timer = setInterval(() => void look(), lookEveryMs);
  return { stop: () => clearInterval(timer) };
}
