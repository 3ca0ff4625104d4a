import type { TimedPage, WallPage } from './wall-layout.ts';

/** What a wall shows at a moment. */
export interface Turn {
  readonly page: WallPage;
  /** Which of the pages; undefined where a new alert brought the mission up, which is none of them. */
  readonly index: number | undefined;
  readonly leftMs: number;
  readonly wholeMs: number;
}

const missionPage: WallPage = { kind: 'mission' };
const detourMs = 30_000;

/**
 * Turns the pages of a wall by their times. A P1 that calls and was on none of the pages yet brings the mission up at
 * once, in place of a page that may hide it.
 */
export class WallRotation {
  readonly #pages: readonly TimedPage[];
  #index = 0;
  #sinceMs: number;
  #isDetour = false;
  /** The alerts that called when everything was last to be seen. */
  #seen: ReadonlySet<string> = new Set();

  constructor(pages: readonly TimedPage[], nowMs: number) {
    this.#pages = pages;
    this.#sinceMs = nowMs;
  }

  /** What is to be shown now, `calling` being the ids of the P1 that nobody has acknowledged. */
  at(nowMs: number, calling: readonly string[]): Turn {
    // A clock that was put back, or a computer that slept, begins the page again.
    if (nowMs < this.#sinceMs || nowMs - this.#sinceMs > 2 * this.#wholeMs) this.#sinceMs = nowMs;
    if (nowMs - this.#sinceMs >= this.#wholeMs) this.#turn(nowMs);
    if (this.#page.kind === 'sector' && calling.some((id) => !this.#seen.has(id))) this.#jump(nowMs);
    if (this.#page.kind !== 'sector') this.#seen = new Set(calling);
    return {
      page: this.#page,
      index: this.#isDetour ? undefined : this.#index,
      leftMs: this.#wholeMs - (nowMs - this.#sinceMs),
      wholeMs: this.#wholeMs,
    };
  }

  get #page(): WallPage {
    return (this.#isDetour ? undefined : this.#pages[this.#index]?.page) ?? missionPage;
  }

  get #wholeMs(): number {
    return this.#isDetour ? detourMs : (this.#pages[this.#index]?.seconds ?? 30) * 1_000;
  }

  #turn(nowMs: number): void {
    // After a detour the page that gave way comes back.
    if (!this.#isDetour) this.#index = (this.#index + 1) % this.#pages.length;
    this.#isDetour = false;
    this.#sinceMs = nowMs;
  }

  #jump(nowMs: number): void {
    const mission = this.#pages.findIndex(({ page }) => page.kind === 'mission');
    if (mission >= 0) this.#index = mission;
    else this.#isDetour = true;
    this.#sinceMs = nowMs;
  }
}
