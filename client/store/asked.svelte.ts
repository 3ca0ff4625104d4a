import type { Answer, CallFailure } from '../net/api.ts';

/**
 * Something that a page asks the server for, again and again: the last answer stays while the next is awaited, and
 * stays when the next one fails, with the failure beside it.
 */
export class Asked<T> {
  readonly #ask: () => Promise<Answer<T>>;
  value = $state.raw<T | undefined>();
  failure = $state.raw<CallFailure | undefined>();
  isAsking = $state(false);
  /** The last question: an answer to an earlier one that comes late is not taken. */
  #count = 0;

  constructor(ask: () => Promise<Answer<T>>) {
    this.#ask = ask;
  }

  async ask(): Promise<void> {
    const mine = ++this.#count;
    this.isAsking = true;
    const answer = await this.#ask();
    if (mine !== this.#count) return;
    this.isAsking = false;
    this.failure = answer.ok ? undefined : answer.error;
    if (answer.ok) this.value = answer.value;
  }

  /** Asks now and every so often, until the effect that called ends. */
  keepAsking(everyMs: number): () => void {
    void this.ask();
    const timer = setInterval(() => void this.ask(), everyMs);
    return () => clearInterval(timer);
  }
}
