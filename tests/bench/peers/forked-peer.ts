import { once } from 'node:events';
import type { DialectName } from '../load/dialect.ts';
import { ended, forked } from '../processes.ts';
import type { RunningPeer } from './peer.ts';

/** Starts the file of a peer and waits until it has told its ports. */
export async function forkedPeer(file: string, dialect: DialectName): Promise<RunningPeer> {
  const child = forked(file);
  const gone = once(child, 'exit').then(() => Promise.reject(new Error(`${file} ended before it served`)));
  const told = once(child, 'message') as Promise<[{ port: number; feedPort: number }]>;
  gone.catch(() => undefined);
  const [ports] = await Promise.race([told, gone]);
  return {
    pid: child.pid ?? 0,
    address: { dialect, ...ports },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    stop: () => ended(child),
  };
}
