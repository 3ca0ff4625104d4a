import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { serverProcess, type ServerProcess } from './server-process.ts';
import { temporaryFolder } from './test-server.ts';
import { until } from './wait.ts';

/** A server in whose process a test makes trouble. */
export interface TroubledServer extends ServerProcess {
  /** Its wall clock is `ms` ahead of the true time from now on, after a restart too. */
  clockAhead(ms: number): Promise<void>;
  /** Its event loop stands still for `ms` from now on. */
  stall(ms: number): Promise<void>;
}

export async function troubledServer(env: Readonly<Record<string, string>>): Promise<TroubledServer> {
  const file = join(temporaryFolder(), 'trouble');
  writeFileSync(file, 'clock 0');
  const server = await serverProcess(
    { ...env, TROUBLE_FILE: file },
    { entry: 'tests/support/serve-troubled.ts' },
  );
  const trouble = async (line: string): Promise<void> => {
    writeFileSync(file, line);
    const before = server.stdout().length;
    server.signal('SIGUSR2');
    await until(() => server.stdout().slice(before).includes(`TROUBLE ${line}`), { what: line });
  };
  return Object.assign(server, {
    clockAhead: (ms: number) => trouble(`clock ${ms}`),
    stall: (ms: number) => trouble(`stall ${ms}`),
  });
}

/** The soft limit of a running process: writes beyond it fail with EFBIG, much as on a full disk. */
export async function limitFileSize(pid: number | undefined, soft: string): Promise<void> {
  await promisify(execFile)('prlimit', ['--pid', String(pid), `--fsize=${soft}:`]);
}
