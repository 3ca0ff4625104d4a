import { spawn, type ChildProcess } from 'node:child_process';
import { buildWhatIsOlder } from './build.ts';
import { complainAndExit } from './complain.ts';

/** Where vite serves the pages: sign-in links lead there, and calls from there count as our own. */
const pagesUrl = 'http://127.0.0.1:5173';

const serverArgs = [
  ...['--import', 'tsx', '--watch', '--watch-path=server', '--watch-path=shared'],
  'server/cli/serve-dev.ts',
];

/**
 * `npm run dev`: the exercise with reload. The server restarts when its sources change; the pages are served by
 * vite on http://127.0.0.1:5173 and change in place.
 */
async function dev(): Promise<void> {
  await buildWhatIsOlder();
  const children = [run(serverArgs, { PUBLIC_URL: pagesUrl }), run(['node_modules/vite/bin/vite.js'])];
  const stop = (): void => children.forEach((child) => child.kill('SIGTERM'));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  return spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...env } });
}

dev().catch(complainAndExit);
