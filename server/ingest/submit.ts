import { Failure } from '../../shared/failure.ts';
import { encodeFixBatch, type FixBatchHead } from '../../shared/model/fix-batch.ts';
import { entryVersion, type Author, type EventBody } from '../../shared/model/entry.ts';
import type { Fix } from '../../shared/model/position.ts';
import type { Principal } from '../../shared/role.ts';
import type { LivePicture } from '../picture/live-picture.ts';
import { encodeEvent } from '../picture/fold.ts';
import type { BatchVerdict, Verdict } from '../picture/picture.ts';
import type { RecordRoom, StreamName } from '../record/record.ts';

/** How long an entry that is durable may take to come back along the tail before the submitter is told to retry. */
const foldWithinMs = 5_000;

/**
 * The only way into the record. What is beside this file (positions.ts, alerts.ts, …) authorises and validates; this
 * appends, waits until the entry is durable *and* this server's own fold has passed it, and answers the fold's
 * verdict, so that two servers never both accept what excludes one another.
 */
export interface Submit {
  event(author: Principal, body: EventBody): Promise<Verdict>;
  fixes(author: Principal, fixes: readonly Fix[], mayRegister: boolean): Promise<BatchVerdict>;
  /** The same for fixes that are columns: `encode` is called at once, with what the entry begins with. */
  batch(
    author: Principal,
    mayRegister: boolean,
    encode: (head: FixBatchHead) => Uint8Array,
  ): Promise<BatchVerdict>;
}

export interface SubmitParts {
  readonly record: RecordRoom;
  readonly livePicture: LivePicture;
  /** Random id of this boot of this server: with a counter it makes refs that no other server makes. */
  readonly bootId: string;
  /** Seals what must not stand in the record as it is. */
  readonly sealed?: (body: EventBody) => Promise<EventBody>;
}

export function createSubmit({ record, livePicture, bootId, sealed }: SubmitParts): Submit {
  let count = 0;
  const submit = async (stream: StreamName, entry: (ref: string) => Uint8Array): Promise<Verdict> => {
    const ref = `${bootId}:${++count}`;
    const expected = livePicture.expect(ref);
    try {
      await record.append(stream, entry(ref));
      return await within(foldWithinMs, expected.verdict);
    } finally {
      expected.cancel();
    }
  };

  const batch: Submit['batch'] = async (principal, mayRegister, encode) => {
    const author = authorOf(principal);
    const verdict = await submit('positions', (ref) => encode({ ref, author, mayRegister }));
    if (verdict.kind !== 'fixes')
      throw new Failure('internal', 'a position entry was folded as something else');
    return verdict;
  };

  return {
    async event(principal, given) {
      const body = sealed ? await sealed(given) : given;
      const author = authorOf(principal);
      return await submit('events', (ref) => encodeEvent({ v: entryVersion, ref, author, body }));
    },
    fixes: (principal, fixes, mayRegister) =>
      batch(principal, mayRegister, (head) => encodeFixBatch({ ...head, fixes })),
    batch,
  };
}

/** Turns a refusal by the fold into the failure that the caller gets; answers the id otherwise. */
export function idOrRefusal(verdict: Verdict): { id: string; isNew: boolean } {
  if (verdict.kind === 'refused') {
    throw new Failure(verdict.code, verdict.message, { field: verdict.field, details: verdict.details });
  }
  if (verdict.kind === 'fixes') throw new Failure('internal', 'an event was folded as positions');
  return { id: verdict.id, isNew: verdict.kind === 'done' };
}

function authorOf({ id, role, name }: Principal): Author {
  return { id, role, name };
}

/** An answer that comes too late is a retry: the entry is durable, and retries change nothing. */
async function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const message = 'the picture did not catch up in time; send the same again';
    timer = setTimeout(() => reject(new Failure('record-unavailable', message)), ms);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
