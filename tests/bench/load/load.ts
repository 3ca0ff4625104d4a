import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Address, Peer, RunningPeer } from '../peers/peer.ts';
import { ended, forked } from '../processes.ts';
import type { Answer, Load, Measured, Order } from './orders.ts';

/** A peer with its load, both in processes of their own, frozen but for its turns. */
export interface LoadedPeer {
  readonly name: string;
  readonly running: RunningPeer;
  /** One turn. The peer costs nothing before and after it. */
  turn(load: Load): Promise<Measured>;
  /** A turn that is not measured: a unit that is new costs more than one that moves. */
  bringUnitsIn(load: Pick<Load, 'units' | 'unitsInView'>): Promise<void>;
  /** Turns that are not measured, until what runs often has been compiled: a larger program pays longer for that. */
  warmUp(wanted: Pick<Load, 'units' | 'unitsInView'>): Promise<void>;
  bringViewersTo(viewers: number): Promise<void>;
  stop(): Promise<void>;
}

const warmUpS = 8;

export async function loadedPeer(peer: Peer, viewers: number, view?: Address['view']): Promise<LoadedPeer> {
  const running = await peer.start();
  const load = forked('tests/bench/load/load-process.ts');
  await asked(load, {
    do: 'open',
    address: { ...running.address, ...(view ? { view } : {}) },
    pid: running.pid,
    viewers,
  });
  running.freeze();
  const turn = async (wanted: Load): Promise<Measured> => {
    running.thaw();
    const { measured } = await asked(load, { do: 'load', load: wanted });
    running.freeze();
    if (!measured) throw new Error(`${peer.name} measured nothing`);
    if (measured.refusals.length > 0)
      throw new Error(`${peer.name} refused: ${measured.refusals.join('; ')}`);
    return measured;
  };
  return {
    name: peer.name,
    running,
    turn,
    async bringUnitsIn(wanted) {
      await turn({ ...wanted, warmS: 1.5, measureS: 0.2 });
    },
    async warmUp(wanted) {
      await turn({ ...wanted, warmS: warmUpS, measureS: 0.2 });
    },
    async bringViewersTo(count) {
      running.thaw();
      await asked(load, { do: 'viewers', viewers: count });
      running.freeze();
    },
    async stop() {
      await ended(load);
      await running.stop();
    },
  };
}

async function asked(load: ChildProcess, order: Order): Promise<Answer & { ok: true }> {
  const settled = new AbortController();
  const { signal } = settled;
  const answered = once(load, 'message', { signal }) as Promise<[Answer]>;
  const gone = once(load, 'exit', { signal }).then(() => Promise.reject(new Error('the load process ended')));
  answered.catch(() => undefined);
  gone.catch(() => undefined);
  load.send(order);
  try {
    const [answer] = await Promise.race([answered, gone]);
    if (!answer.ok) throw new Error(answer.why);
    return answer;
  } finally {
    settled.abort();
  }
}
