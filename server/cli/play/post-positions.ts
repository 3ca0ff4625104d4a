import { z } from 'zod';
import type { PositionIn, PositionsAnswer } from '../../../shared/model/position.ts';
import type { Clock } from './pace.ts';

const answerSchema = z.object({
  accepted: z.number(),
  duplicates: z.number(),
  rejected: z.array(
    z.object({ index: z.number(), code: z.string(), field: z.string(), message: z.string() }),
  ),
});
const refusalSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

const firstPauseMs = 500;
const longestPauseMs = 10_000;
const answerWithinMs = 60_000;

export interface PostOptions {
  readonly url: string;
  readonly token: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Told before each new try of a batch that did not get through. */
  readonly onRetry: (why: string, pauseMs: number) => void;
  readonly fetch?: typeof globalThis.fetch;
}

export interface Posted extends PositionsAnswer {
  /** How long the POST that got through took. */
  readonly tookMs: number;
}

/** How one try ended; `again` is trouble that may pass. */
type Outcome =
  | { readonly kind: 'answered'; readonly answer: PositionsAnswer }
  | { readonly kind: 'again'; readonly why: string };

/**
 * Posts a batch until the server has answered it: a server that is away, restarting or unable to write is waited
 * for, with longer and longer pauses. The same batch twice changes nothing, so none is ever lost. Answers undefined
 * when it was told to stop; rejects when the server refuses the whole batch.
 */
export async function postPositions(
  batch: readonly PositionIn[],
  options: PostOptions,
): Promise<Posted | undefined> {
  const { clock, signal, onRetry } = options;
  const body = JSON.stringify(batch);
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    const begunMs = performance.now();
    const outcome = await tryOnce(body, options);
    if (outcome.kind === 'answered') return { ...outcome.answer, tookMs: performance.now() - begunMs };
    if (signal.aborted) return undefined;
    onRetry(outcome.why, pauseMs);
    await clock.wait(pauseMs, signal);
    if (signal.aborted) return undefined;
  }
}

/** A stop does not cut a try short: what the server has taken is to be counted. */
async function tryOnce(
  body: string,
  { url, token, fetch = globalThis.fetch }: PostOptions,
): Promise<Outcome> {
  try {
    const response = await fetch(new URL('/api/positions', url), {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body,
      signal: AbortSignal.timeout(answerWithinMs),
    });
    const text = await response.text();
    if (response.ok) return { kind: 'answered', answer: answerSchema.parse(JSON.parse(text)) };
    if (
      response.status === 503 ||
      response.status === 429 ||
      response.status === 502 ||
      response.status === 504
    ) {
      return { kind: 'again', why: `the server answers ${response.status}` };
    }
    throw new Refusal(refusalOf(response.status, text));
  } catch (reason) {
    if (reason instanceof Refusal) throw new Error(reason.message, { cause: reason });
    return { kind: 'again', why: whyOf(reason) };
  }
}

/** The server will not take this batch, now or later. */
class Refusal extends Error {}

function refusalOf(status: number, text: string): string {
  try {
    const { error } = refusalSchema.parse(JSON.parse(text));
    return `the server refuses the positions: ${error.message} (${error.code})`;
  } catch {
    return `the server refuses the positions: it answers ${status}; is this address Nightflash?`;
  }
}

function whyOf(reason: unknown): string {
  const cause = reason instanceof Error ? reason.cause : undefined;
  const code =
    typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : undefined;
  if (code === 'ECONNREFUSED') return 'no server answers';
  return code ?? (reason instanceof Error ? reason.message : String(reason));
}
