import type { WallCall } from '../../shared/model/wall-call.ts';

interface Parts {
  /** 0 to 1. */
  readonly random: () => number;
  readonly setTimeout: (run: () => void, ms: number) => unknown;
  /** Whether the server would answer a page that loads now. */
  readonly isThere: () => Promise<boolean>;
  /** Ids of calls that were obeyed before, by this wall in this window. */
  readonly obeyed: { has(id: string): boolean; add(id: string): void };
  /** Loads this page anew, or the wall with another layout (what stands after the question mark). */
  readonly load: (layout: string | undefined) => void;
}

/** Walls that load at once would all ask at once: each waits up to this long. */
const spreadMs = 5_000;
/** How long to wait before asking again whether the server is there. */
const againMs = 2_000;

/**
 * Loads a wall anew when it is asked for, or when the server hands out other pages. Never while the server is away:
 * the browser's own page about that would stay until somebody comes with a keyboard.
 */
export class WallReload {
  readonly #parts: Parts;
  #layout: string | undefined;
  #build: string | undefined;
  isDue = $state(false);

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** An operator asks for it; the layout asked for last counts. A call that is heard again changes nothing. */
  called({ id, layout }: Pick<WallCall, 'id' | 'layout'>): void {
    if (this.#parts.obeyed.has(id)) return;
    this.#parts.obeyed.add(id);
    this.#layout = layout ?? this.#layout;
    this.#soon();
  }

  #soon(): void {
    if (this.isDue) return;
    this.isDue = true;
    this.#parts.setTimeout(() => void this.#load(), this.#parts.random() * spreadMs);
  }

  /** The server hands out this build. At a quiet moment, when no P1 is open, an older page gives way. */
  serves(build: string | undefined, isQuiet: boolean): void {
    if (build === undefined) return;
    this.#build ??= build;
    if (build !== this.#build && isQuiet) this.#soon();
  }

  async #load(): Promise<void> {
    if (await this.#parts.isThere()) this.#parts.load(this.#layout);
    else this.#parts.setTimeout(() => void this.#load(), againMs);
  }
}
