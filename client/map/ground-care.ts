/** A tile of the ground: zoom, column, row. */
export interface TileAt {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

/** What the care does and tells; time comes from outside. */
export interface GroundCareParts {
  /** What was read of the pack of this source, failures too, is read anew when it is next asked for. */
  readonly forget: (source: string) => void;
  readonly readAgain: (source: string, tiles: readonly TileAt[]) => void;
  /** Whether parts of the ground are missing that could not be had at the second try either. */
  readonly told: (isMissing: boolean) => void;
  readonly setTimeout: (run: () => void, ms: number) => unknown;
  readonly clearTimeout: (timer: unknown) => void;
}

const firstWaitMs = 2_000;
const longestWaitMs = 60_000;
/** A tile that was asked again and says nothing has left the view meanwhile, most likely. */
const givenUpAfterMs = 30_000;

/**
 * Tiles of the ground that could not be fetched: neither the map nor what reads packs asks for them ever again by
 * itself, so a link that was lost for a second would leave a hole in the map of a wall for weeks. They are asked for
 * again, after two seconds, then after ever longer, and at once when the link is back.
 */
export class GroundCare {
  readonly #parts: GroundCareParts;
  #failing = new Map<string, Map<string, TileAt>>();
  readonly #askedAgain = new Set<string>();
  #waitMs = firstWaitMs;
  #next: unknown;
  #givingUp: unknown;
  #isMissing = false;

  constructor(parts: GroundCareParts) {
    this.#parts = parts;
  }

  failed(source: string, tile: TileAt): void {
    const key = keyOf(source, tile);
    if (this.#askedAgain.delete(key)) this.#tell(true);
    const tiles = this.#failing.get(source) ?? new Map<string, TileAt>();
    this.#failing.set(source, tiles.set(key, { z: tile.z, x: tile.x, y: tile.y }));
    this.#next ??= this.#parts.setTimeout(() => this.again(), this.#waitMs);
  }

  arrived(source: string, tile: TileAt): void {
    const key = keyOf(source, tile);
    this.#askedAgain.delete(key);
    this.#failing.get(source)?.delete(key);
    this.#settle();
  }

  /** Asks again now for all that failed: the wait is over, or the link is back. */
  again(): void {
    this.#stopTimers();
    const failing = this.#failing;
    this.#failing = new Map();
    this.#waitMs = Math.min(this.#waitMs * 2, longestWaitMs);
    for (const [source, tiles] of failing) {
      if (tiles.size === 0) continue;
      for (const key of tiles.keys()) this.#askedAgain.add(key);
      this.#parts.forget(source);
      this.#parts.readAgain(source, [...tiles.values()]);
    }
    this.#givingUp = this.#parts.setTimeout(() => this.#giveUp(), givenUpAfterMs);
    this.#settle();
  }

  stop(): void {
    this.#stopTimers();
    this.#failing.clear();
    this.#askedAgain.clear();
  }

  #giveUp(): void {
    this.#askedAgain.clear();
    this.#settle();
  }

  #settle(): void {
    const isWhole =
      this.#askedAgain.size === 0 && [...this.#failing.values()].every(({ size }) => size === 0);
    if (!isWhole) return;
    this.#stopTimers();
    this.#waitMs = firstWaitMs;
    this.#tell(false);
  }

  #tell(isMissing: boolean): void {
    if (isMissing === this.#isMissing) return;
    this.#isMissing = isMissing;
    this.#parts.told(isMissing);
  }

  #stopTimers(): void {
    for (const timer of [this.#next, this.#givingUp])
      if (timer !== undefined) this.#parts.clearTimeout(timer);
    this.#next = this.#givingUp = undefined;
  }
}

function keyOf(source: string, { z, x, y }: TileAt): string {
  return `${source}/${z}/${x}/${y}`;
}
