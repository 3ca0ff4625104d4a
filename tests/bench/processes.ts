import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { projectDir } from '../support/source-files.ts';

/** Everything that this run has started and that must not outlive it. */
const started = new Set<number>();

process.on('exit', () => {
  for (const pid of started) killed(pid);
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));

function killed(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Ends the process with this id when the run ends, however it ends. */
export function endWithRun(pid: number | undefined): void {
  if (pid !== undefined) started.add(pid);
}

/** A TypeScript file as a process of its own with a channel for messages. */
export function forked(file: string): ChildProcess {
  const child = fork(file, {
    cwd: projectDir,
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  endWithRun(child.pid);
  return child;
}

/** A server of ours as a process of its own, with the address behind its READY. */
export async function launched(
  file: string,
  env: NodeJS.ProcessEnv,
): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [...profiling(), '--import', 'tsx', file], {
    cwd: projectDir,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  endWithRun(child.pid);
  const url = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (piece: Buffer) => {
      text += piece.toString();
      const [, found] = /READY (\S+)/.exec(text) ?? [];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code} before it was ready`)));
  });
  return { child, url };
}

/** With BENCH_PROFILE=DIR every server leaves a CPU profile there, which says where a goal was missed. */
function profiling(): string[] {
  const dir = process.env['BENCH_PROFILE'];
  return dir === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${dir}`];
}

export async function ended(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGCONT');
  child.kill(profiling().length > 0 ? 'SIGTERM' : signal);
  await gone;
  if (child.pid !== undefined) started.delete(child.pid);
}

const ticksPerSecond = 100;

/** CPU seconds that a process has used, all its threads together (user and system). */
export function cpuSecondsOf(pid: number): number {
  const fields = afterName(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** Memory of a process in use, MB. */
export function rssMbOf(pid: number): number {
  const [, kB = '0'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kB) / 1_000;
}

/** The name of the program may itself hold spaces and brackets. */
function afterName(stat: string): string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** A port that is free now; for a server that keeps its port over a restart. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
