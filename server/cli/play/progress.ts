import { SingleBar } from 'cli-progress';

/** How far a replay has come, for whoever looks on. */
export interface Progress {
  update(done: number): void;
  say(line: string): void;
  stop(): void;
}

const lineEachMs = 5_000;

/** A bar on a terminal; anywhere else a plain line each few seconds, as a log wants it. */
export function showProgress(total: number, out: NodeJS.WriteStream = process.stderr): Progress {
  return out.isTTY ? bar(total, out) : plainLines(total, out);
}

function bar(total: number, out: NodeJS.WriteStream): Progress {
  const shown = new SingleBar({
    format: 'playing {bar} {percentage}% · {value} of {total} fixes · {duration_formatted} · {note}',
    hideCursor: true,
    stream: out,
    barCompleteChar: '█',
    barIncompleteChar: '░',
  });
  shown.start(total, 0, { note: '' });
  return {
    update: (done) => shown.update(done, { note: '' }),
    say: (line) => shown.update({ note: line }),
    stop: () => shown.stop(),
  };
}

function plainLines(total: number, out: NodeJS.WriteStream): Progress {
  let lastMs = 0;
  return {
    update(done) {
      const nowMs = Date.now();
      if (nowMs - lastMs < lineEachMs) return;
      lastMs = nowMs;
      out.write(`playing: ${done} of ${total} fixes (${Math.floor((done / Math.max(1, total)) * 100)}%)\n`);
    },
    say: (line) => void out.write(`playing: ${line}\n`),
    stop: () => undefined,
  };
}
