import type { PackFacts } from '../map/pack-schema.ts';

export type AskPack = (pack: string) => Promise<PackFacts | undefined>;

const firstWaitMs = 3_000;
const longestWaitMs = 60_000;

/**
 * What the map packs say of themselves, known a moment after the map: units and alerts do not wait for a pack that
 * another server is slow to hand out. A pack that could not be read is asked again.
 */
export class GroundPacks {
  /** In the order of the packs; undefined until a pack has answered. */
  facts = $state.raw<readonly (PackFacts | undefined)[]>([]);
  /** Whether a pack could not be read so far. */
  isMissing = $state(false);
  readonly #packs: readonly string[];
  #askPack: AskPack | undefined;
  #waitMs = firstWaitMs;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isAsking = false;
  #stopped = false;

  constructor(packs: readonly string[]) {
    this.#packs = packs;
  }

  /** Asks every pack once it is known how; later calls change nothing. */
  ask(askPack: AskPack): void {
    if (this.#askPack) return;
    this.#askPack = askPack;
    this.facts = this.#packs.map(() => undefined);
    void this.again();
  }

  /** Asks those that have not answered, now. */
  async again(): Promise<void> {
    const askPack = this.#askPack;
    if (!askPack || this.#isAsking || this.#stopped) return;
    clearTimeout(this.#timer);
    this.#isAsking = true;
    const answers = this.#packs.map((pack, index) => this.facts[index] ?? this.#askOne(askPack, pack, index));
    const all = await Promise.all(answers);
    this.#isAsking = false;
    this.isMissing = all.includes(undefined);
    if (!this.isMissing || this.#stopped) return;
    this.#timer = setTimeout(() => void this.again(), this.#waitMs);
    this.#waitMs = Math.min(this.#waitMs * 2, longestWaitMs);
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #askOne(askPack: AskPack, pack: string, index: number): Promise<PackFacts | undefined> {
    const answer = await askPack(pack);
    if (answer) this.facts = this.facts.map((before, at) => (at === index ? answer : before));
    return answer;
  }
}
