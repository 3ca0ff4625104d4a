import type { WallCall } from '../../shared/model/wall-call.ts';
import type { RecordEntry, RecordRoom } from '../record/record.ts';
import { fold, newPicture } from './fold.ts';
import type { Change, Picture, Unit, Verdict } from './picture.ts';
import { MovedUnits } from './roster.ts';
import { noWords, sealedAlerts, type WordReader } from './words.ts';
import { loadSnapshot, saveSnapshot, snapshotSeq, type Writing, type Written } from './snapshot.ts';

/** What listeners get after each batch of entries: everything that changed, as lists without doubles. */
export interface PictureNews {
  /** All but movement: units that came, went or were described anew, alerts, threats, places, the heartbeat. */
  readonly changes: readonly Change[];
  /** The units that have a newer fix now; one that has just come into being is among the changes too. */
  readonly moved: readonly Unit[];
  /** What walls are asked for from now on; never what was asked before this server followed the record. */
  readonly wallCalls?: readonly WallCall[];
  /** True when the whole picture was replaced (another epoch): nothing held from before is valid. */
  readonly fresh: boolean;
}

export interface LivePicture {
  readonly picture: Picture;
  readonly epoch: string;
  /** `epoch.seq`: what is folded in. */
  cursor(): string;
  onNews(listener: (news: PictureNews) => void): void;
  /** Waits for the verdict on the entry with this ref; register before appending it. */
  expect(ref: string): Expectation;
  /** Whether the picture has folded up to `seq`, at the latest after `withinMs`. */
  reached(seq: number, withinMs: number): Promise<boolean>;
  /** Bytes of entries folded since this server began. */
  readonly foldedBytes: number;
  /** As `saveSnapshot` in snapshot.ts says, of the picture now. */
  saveSnapshot(writing: Writing): Promise<Written | undefined>;
  /** How far the last snapshot reaches that a start would use. */
  snapshotSeq(): Promise<number>;
  stop(): Promise<void>;
}

export interface Expectation {
  readonly verdict: Promise<Verdict>;
  cancel(): void;
}

/**
 * Folds the record into the picture: from the last snapshot on, then along the tail for ever. Every verdict is
 * given to whoever waits for it, after the entry's changes are in the picture.
 */
export async function openLivePicture(record: RecordRoom, words: WordReader = noWords): Promise<LivePicture> {
  let picture = (await loadSnapshot(record.shelf, record.epoch, words)) ?? newPicture();
  const lastSeq = await record.lastSeq();
  if (picture.seq > lastSeq) picture = newPicture();
  const moved = new MovedUnits();
  let foldedBytes = 0;
  for await (const entry of record.read(picture.seq)) {
    await words.learn(sealedAlerts([entry], words));
    fold(picture, entry, moved, words);
    foldedBytes += entry.body.length;
  }
  moved.take(picture);

  const waiting = new Map<string, (verdict: Verdict) => void>();
  const listeners: Array<(news: PictureNews) => void> = [];
  const reachers = new Set<{ seq: number; done: (reached: boolean) => void }>();
  const tell = (news: PictureNews): void => listeners.forEach((listener) => listener(news));

  const onEntries = (entries: readonly RecordEntry[]): void => {
    const changes = new Map<string, Change>();
    const verdicts: Array<() => void> = [];
    const wallCalls: WallCall[] = [];
    for (const entry of entries) {
      if (entry.seq <= picture.seq) continue;
      foldedBytes += entry.body.length;
      const folded = fold(picture, entry, moved, words);
      if (!folded) continue;
      for (const change of folded.changes) changes.set(`${change.kind} ${change.id}`, change);
      if (folded.wallCall) wallCalls.push(folded.wallCall);
      const answer = waiting.get(folded.ref);
      if (answer) verdicts.push(() => answer(folded.verdict));
    }
    tell({ changes: [...changes.values()], moved: moved.take(picture), wallCalls, fresh: false });
    for (const give of verdicts) give();
    for (const reacher of reachers) if (reacher.seq <= picture.seq) reacher.done(true);
  };
  const onEpoch = (): void => {
    picture = newPicture();
    tell({ changes: [], moved: [], fresh: true });
  };
  const stopping = new AbortController();
  const inOrder = oneAfterAnother();
  const tail = await record.tail(picture.seq, {
    onEntries: (entries) =>
      inOrder.run(
        () => onEntries(entries),
        () => sealedAlerts(entries, words),
        (alertIds) => words.learn(alertIds, stopping.signal),
      ),
    onEpoch: () => inOrder.run(onEpoch),
  });

  return {
    get picture() {
      return picture;
    },
    get epoch() {
      return record.epoch;
    },
    cursor: () => `${record.epoch}.${picture.seq}`,
    onNews: (listener) => void listeners.push(listener),
    expect(ref) {
      const { promise, resolve } = withResolver<Verdict>();
      waiting.set(ref, (verdict) => {
        waiting.delete(ref);
        resolve(verdict);
      });
      return { verdict: promise, cancel: () => void waiting.delete(ref) };
    },
    reached(seq, withinMs) {
      if (seq <= picture.seq) return Promise.resolve(true);
      return new Promise((resolve) => {
        const reacher = { seq, done: finish };
        const timer = setTimeout(() => finish(false), withinMs);
        function finish(reached: boolean): void {
          clearTimeout(timer);
          reachers.delete(reacher);
          resolve(reached);
        }
        reachers.add(reacher);
      });
    },
    get foldedBytes() {
      return foldedBytes;
    },
    saveSnapshot(writing) {
      const { epoch } = record;
      const mayStand = (): boolean => record.epoch === epoch && (writing.mayStand?.() ?? true);
      return saveSnapshot(record.shelf, epoch, picture, { ...writing, mayStand });
    },
    snapshotSeq: () => snapshotSeq(record.shelf, record.epoch),
    async stop() {
      stopping.abort();
      await tail.stop();
      await inOrder.idle();
    },
  };
}

interface InOrder {
  /** Runs the work at once where nothing waits and `needs` is empty; else behind what waits, with what it needs. */
  run(
    work: () => void,
    needs?: () => readonly string[],
    get?: (needs: readonly string[]) => Promise<void>,
  ): void;
  idle(): Promise<void>;
}

/** Entries of another server may bring words whose key is still to be fetched; what comes behind them waits. */
function oneAfterAnother(): InOrder {
  let waiting: Promise<void> | undefined;
  return {
    run(work, needs = () => [], get = () => Promise.resolve()) {
      const needed = needs();
      if (!waiting && needed.length === 0) return work();
      const mine = (waiting ?? Promise.resolve())
        .then(() => get(needed))
        .catch(() => undefined) // what has no key is folded without its words, and never left out
        .then(work)
        .finally(() => {
          if (waiting === mine) waiting = undefined;
        });
      waiting = mine;
    },
    idle: () => waiting ?? Promise.resolve(),
  };
}

function withResolver<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
