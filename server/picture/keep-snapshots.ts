import { performance } from 'node:perf_hooks';
import type { Logger } from '../diagnostics/logger.ts';
import type { LivePicture } from './live-picture.ts';

const lookEveryMs = 20_000;
/** What a start folds in about a second: entries, or their bytes, behind the last snapshot that make a new one due. */
const entriesBetween = 20_000;
const bytesBetween = 16 * 1024 * 1024;
/** Writing one may cost so much of the time: after one that took a second the next waits for ten. */
const restFactor = 10;
/** How long a server that stops may still write, and how many entries make that worth it. */
const writeAtStopMs = 4_000;
const entriesAtStop = 1_000;

/** The standing duty of writing snapshots, so that a start is quick after kill -9 too. */
export interface SnapshotKeeper {
  readonly name: string;
  readonly everyMs: number;
  /** Writes one where one is due. */
  run(signal: AbortSignal): Promise<void>;
  /** Writes a last one before this server stops, where that is worth it and can be done in seconds. */
  atStop(): Promise<void>;
}

interface Parts {
  readonly livePicture: Pick<LivePicture, 'picture' | 'foldedBytes' | 'saveSnapshot' | 'snapshotSeq'>;
  /** A random id of this boot of this server. */
  readonly writer: string;
  /** Whether this server is the one that writes them. */
  readonly leads: () => boolean;
  readonly log: Pick<Logger, 'info' | 'warn'>;
}

export function keepSnapshots({ livePicture, writer, leads, log }: Parts): SnapshotKeeper {
  let known = { seq: -1, foldedBytes: 0 };
  let notBeforeMs = 0;

  const write = async (signal: AbortSignal): Promise<void> => {
    const begunMs = performance.now();
    const { foldedBytes } = livePicture;
    const written = await livePicture.saveSnapshot({ writer, signal, mayStand: leads });
    const tookMs = Math.round(performance.now() - begunMs);
    notBeforeMs = performance.now() + tookMs * restFactor;
    if (!written) return;
    known = { seq: written.seq, foldedBytes };
    log.info({ ...written, tookMs }, 'a snapshot was written');
  };
  const entriesBehind = async (): Promise<number> => {
    const seq = await livePicture.snapshotSeq();
    if (seq !== known.seq) known = { seq, foldedBytes: livePicture.foldedBytes };
    return livePicture.picture.seq - seq;
  };
  return {
    name: 'snapshots',
    everyMs: lookEveryMs,
    async run(signal) {
      if (performance.now() < notBeforeMs) return;
      const entries = await entriesBehind();
      const bytes = livePicture.foldedBytes - known.foldedBytes;
      if (entries >= entriesBetween || bytes >= bytesBetween) await write(signal);
    },
    async atStop() {
      try {
        if (leads() && (await entriesBehind()) >= entriesAtStop)
          await write(AbortSignal.timeout(writeAtStopMs));
      } catch (err) {
        log.warn({ err }, 'no snapshot was written; the next start takes longer');
      }
    },
  };
}
