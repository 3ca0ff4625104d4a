import type { Leases } from '../record/record.ts';

const leaseName = 'leader';
/** How long a leader that has vanished goes on counting as one. */
const leaseMs = 3_000;
const renewEveryMs = 1_000;
/** How often the others ask, so that a leader that steps down is followed at once. */
const askEveryMs = 500;
/** What a leader takes off its own belief, for two clocks do not run equally fast. */
const marginMs = 250;

/** Who of the servers of one record does the standing work: what has to be done once, by anybody. */
export interface Leader {
  /** Whether this server leads. False at the latest when another may lead, whether or not the record answers. */
  leads(): boolean;
  /** Grows with every leader of this epoch; undefined while this server does not lead. */
  fence(): number | undefined;
  /** Stands no more, and lets another take over at once. */
  stepDown(): Promise<void>;
}

interface Parts {
  readonly leases: Leases;
  /** A random id of this boot of this server. */
  readonly holder: string;
  /** A clock that nobody can set. */
  readonly monotonicMs: () => number;
}

/**
 * Stands for leader until it steps down. Of several servers one leads; when it vanishes another does within
 * `leaseMs` and a little. A leader that cannot renew its lease stops believing in it before the record gives it to
 * another, so two never lead at once, as long as the record keeps its own promise. Work that takes longer than
 * `leads()` was true for is told apart by its fence.
 */
export function standForLeader({ leases, holder, monotonicMs }: Parts): Leader {
  let until = Number.NEGATIVE_INFINITY;
  let fence: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const ask = async (): Promise<number> => {
    const askedAt = monotonicMs();
    try {
      const answer = await leases.hold(leaseName, holder, leaseMs);
      if (!answer.held) return Math.min(askEveryMs, answer.leftMs + 1);
      until = askedAt + leaseMs - marginMs;
      fence = answer.fence;
      return renewEveryMs;
    } catch {
      // The record's own status says why it does not answer; the belief ends by itself.
      return askEveryMs;
    }
  };
  let asking: Promise<void> = Promise.resolve();
  const stand = (): void => {
    asking = ask().then((nextMs) => {
      if (!stopped) timer = setTimeout(stand, nextMs);
    });
  };
  stand();

  const leads = (): boolean => !stopped && monotonicMs() < until;
  return {
    leads,
    fence: () => (leads() ? fence : undefined),
    async stepDown() {
      stopped = true;
      clearTimeout(timer);
      await asking;
      await leases.release(leaseName, holder).catch(() => undefined); // it ends by itself
    },
  };
}
