import { complainAndExit } from './complain.ts';
import { readOptions } from './options.ts';
import { findToken } from './play/find-token.ts';
import { playFile } from './play/play-file.ts';
import { showProgress } from './play/progress.ts';

const usage = 'npm run play -- FILE [--speed=N] [--url=http://127.0.0.1:8080] [--token=…]';
const defaultUrl = `http://127.0.0.1:${process.env['PORT'] ?? '8080'}`;

/** `npm run play`: plays recorded tracks (CSV, GPX, NDJSON, plain or .gz) at N times their pace. */
async function play(): Promise<void> {
  const { values, positionals } = readOptions(usage, {
    speed: { type: 'string' },
    url: { type: 'string' },
    token: { type: 'string' },
  });
  const [file, ...others] = positionals;
  if (file === undefined) wrongUsage('no file is named');
  if (others.length > 0) wrongUsage(`one file at a time, not ${positionals.length}`);
  const speed = readSpeed(values.speed);
  const url = readUrl(values.url);
  const stopping = new AbortController();
  process.once('SIGINT', () => stopping.abort());
  process.once('SIGTERM', () => stopping.abort());
  const { survey, summary, lastedMs } = await playFile({
    file,
    speed,
    url,
    token: async () => values.token ?? (await findToken(url, process.env)),
    signal: stopping.signal,
    progress: ({ fixes }) => showProgress(fixes),
  });
  const { unreadable, firstUnreadable } = survey;
  const stopped = stopping.signal.aborted
    ? [`stopped before the end: ${summary.sent} of ${survey.fixes} fixes`]
    : [];
  const passedOver = firstUnreadable
    ? [`passed over ${unreadable} rows, the first at ${firstUnreadable.where}: ${firstUnreadable.why}`]
    : [];
  for (const line of [...stopped, ...summary.lines(lastedMs), ...passedOver])
    process.stdout.write(`${line}\n`);
}

function readSpeed(given: string | undefined): number {
  const speed = Number(given ?? '1');
  if (given?.trim() !== '' && speed > 0 && Number.isFinite(speed)) return speed;
  return wrongUsage(`--speed: "${given}" is not a number above 0`);
}

function readUrl(given: string = defaultUrl): string {
  if (URL.canParse(given) && /^https?:$/.test(new URL(given).protocol)) return given;
  return wrongUsage(`--url: "${given}" is not an http or https address`);
}

function wrongUsage(why: string): never {
  process.stderr.write(`nightflash: ${why}\nusage: ${usage}\n`);
  process.exit(2);
}

play().then(() => process.exit(0), complainAndExit);
