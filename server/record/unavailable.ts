import { Failure } from '../../shared/failure.ts';

/** The record's one failure towards other rooms; `reason` is a sentence without its full stop. */
export function unavailable(reason: string, cause?: unknown): Failure {
  return new Failure('record-unavailable', reason, { cause });
}

export function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
