import type { Mode, Stamp, StreamName } from '../record.ts';
import { recordFormat } from '../record.ts';
import type { Argument, RedisClient, Script } from './redis-client.ts';
import { checkScript, claimScript, type RecordKeys } from './redis-scripts.ts';
import { newEpoch } from '../epoch.ts';
import { NoAnswer } from './redis-reasons.ts';

const askTimeoutMs = 2500;

/** What Redis holds, seen from what this server knows; see the scripts. */
export interface Verdict {
  readonly state: 'same' | 'other' | 'missing' | 'behind' | 'foreign' | 'restoring';
  readonly epoch: string;
  readonly mode: string;
  readonly format: string;
}

/**
 * What this server knows of the record's present life: its epoch, and the newest entry it has seen, whether its
 * own or from the tail. That entry is the witness: if Redis no longer has it, the record went back.
 */
export class RedisLife {
  readonly mode: Mode;
  readonly #keys: RecordKeys;
  #epoch = '';
  #seen: Stamp = { seq: 0, atMs: 0 };
  #seenStream: StreamName = 'positions';

  constructor(mode: Mode, keys: RecordKeys) {
    this.mode = mode;
    this.#keys = keys;
  }

  get epoch(): string {
    return this.#epoch;
  }

  get seenSeq(): number {
    return this.#seen.seq;
  }

  begin(epoch: string): void {
    this.#epoch = epoch;
    this.#seen = { seq: 0, atMs: 0 };
  }

  /** `epoch` is the one in which the entry was seen; what a past life answers late counts no more. */
  saw(epoch: string, stream: StreamName, stamp: Stamp): void {
    if (epoch !== this.#epoch || stamp.seq <= this.#seen.seq) return;
    this.#seen = stamp;
    this.#seenStream = stream;
  }

  /** Asks with the check or the claim script; `look` also looks for the witness itself. */
  async ask(
    client: RedisClient,
    timeoutMs: number,
    script: Script,
    look: boolean,
    newEpoch = '',
  ): Promise<Verdict> {
    const { meta, positions, events } = this.#keys;
    const args: Argument[] = [
      this.#epoch,
      this.#seen.seq,
      look ? this.#seen.atMs : '',
      this.#seenStream === 'positions' ? 0 : 1,
      this.mode,
      recordFormat,
      newEpoch,
    ];
    return toVerdict(await client.run(timeoutMs, script, [meta, positions, events], args));
  }
}

/** Begins `life` with the record that is there. Answers why it cannot be written, undefined when it can. */
export async function findOrMakeRecord(
  client: RedisClient,
  life: RedisLife,
  prefix: string,
): Promise<string | undefined> {
  let unwritable: string | undefined;
  const claim = life.ask(client, askTimeoutMs, claimScript, false, newEpoch());
  const verdict = await claim.catch((cause: unknown) => {
    unwritable = client.reasonOf(cause);
    return life.ask(client, askTimeoutMs, checkScript, false);
  });
  const refusal = refusalOf(verdict, life.mode, client.address.shown, prefix);
  if (refusal !== undefined) throw new Error(refusal);
  if (verdict.state === 'missing') throw new Error(`${unwritable}, and it holds no record yet`);
  life.begin(verdict.epoch);
  return unwritable;
}

/** Why a record in `verdict` is not to be used, undefined when it may be. */
export function refusalOf(verdict: Verdict, mode: Mode, shown: string, prefix: string): string | undefined {
  const where = `Redis at ${shown} holds under the prefix "${prefix}"`;
  if (verdict.state === 'restoring')
    return `${where} a restore that is running or did not finish; if it is not running, delete those keys and restore again`;
  if (verdict.state !== 'foreign') return undefined;
  if (!(Number(verdict.format) <= recordFormat))
    return `${where} a record of format ${verdict.format}, made by a newer Nightflash; this one knows up to ${recordFormat}`;
  return `${where} a record made in ${verdict.mode} mode; it cannot be opened in ${mode} mode`;
}

function toVerdict(answer: unknown): Verdict {
  if (!Array.isArray(answer) || answer.length < 4) throw new NoAnswer();
  const [state, epoch, mode, format] = answer.map(String);
  // The scripts answer exactly these states.
  return { state: state as Verdict['state'], epoch: epoch ?? '', mode: mode ?? '', format: format ?? '' };
}
