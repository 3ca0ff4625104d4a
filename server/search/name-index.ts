import SearchableMap from 'minisearch/SearchableMap';
import type { Match } from '../../shared/model/search.ts';
import { distanceToBeginning, soundKey, writtenKey } from '../../shared/rules/spelling.ts';

/** One name of one thing, in one of the trees. */
interface Spelling {
  readonly id: string;
  readonly name: string;
  /** 0 for the name it goes by, 1 for another spelling. */
  readonly other: 0 | 1;
  /** The key is a later word of the name: `moto` of Kilo Moto. */
  readonly isInside: boolean;
}

export interface NameMatch {
  readonly id: string;
  readonly match: Match;
  /** The name that matched. */
  readonly name: string;
  readonly isOther: boolean;
  /** Smaller is nearer to what was typed. */
  readonly rank: number;
}

type Tree = SearchableMap<Spelling[]>;

/** Steps between ranks; what is another spelling of the thing comes half a step later. */
const ranks = {
  exact: 0,
  variant: 1,
  prefix: 2,
  inside: 3,
  variantPrefix: 4,
  typo: 5,
  typoPrefix: 8,
} as const;
/** Shorter than this, a wrong letter makes another name. */
const shortestWithTypo = 4;
const shortestWithTwoTypos = 8;
/** While somebody types, these first sounds must be right. */
const rightSounds = 2;
const shortestTypoPrefix = 5;

/**
 * Names of things, found by spelling, by sound and in spite of typing errors, from two radix trees: by written key and
 * by sound. Names are put in and taken out one by one.
 */
export class NameIndex {
  readonly #written: Tree = new SearchableMap<Spelling[]>();
  readonly #spoken: Tree = new SearchableMap<Spelling[]>();
  readonly #names = new Map<string, readonly string[]>();

  get size(): number {
    return this.#names.size;
  }

  /** Puts a thing under its names, the one it goes by first, in place of those it had. */
  put(id: string, names: readonly string[]): void {
    if (this.#names.has(id)) this.remove(id);
    this.#names.set(id, names);
    names.forEach((name, at) => {
      for (const { tree, key, isInside } of this.#keysOf(name)) {
        tree.fetch(key, () => []).push({ id, name, other: at === 0 ? 0 : 1, isInside });
      }
    });
  }

  remove(id: string): void {
    for (const name of this.#names.get(id) ?? []) {
      for (const { tree, key } of this.#keysOf(name)) {
        const left = tree.get(key)?.filter((spelling) => spelling.id !== id) ?? [];
        if (left.length > 0) tree.set(key, left);
        else tree.delete(key);
      }
    }
    this.#names.delete(id);
  }

  /**
   * Everything that answers to what was typed, each thing once with its best name, in no order. Typing errors are
   * looked for only where no thing has that very name, and fewer than `enough` answer to the letters themselves.
   */
  find(typed: string, enough: number): NameMatch[] {
    const written = writtenKey(typed);
    if (written === '') return [];
    const found = new Found();
    const spoken = soundKey(written);
    for (const [key, spellings] of this.#written.atPrefix(written)) {
      const isWhole = key === written;
      for (const spelling of spellings) {
        if (spelling.isInside) found.note(spelling, 'prefix', ranks.inside);
        else if (isWhole) found.note(spelling, 'exact', ranks.exact);
        else found.note(spelling, 'prefix', ranks.prefix);
      }
    }
    // How one letter sounds tells nothing that the letter does not.
    if (spoken.length < 2) return found.all();
    for (const [key, spellings] of this.#spoken.atPrefix(spoken)) {
      const rank = key === spoken ? ranks.variant : ranks.variantPrefix;
      for (const spelling of spellings) found.note(spelling, 'variant', rank);
    }
    if (found.isNamed) return found.all();
    if (found.size < enough) this.#findTypos(spoken, found);
    if (found.size < enough) this.#findBegunTypos(spoken, found);
    return found.all();
  }

  #findTypos(spoken: string, found: Found): void {
    if (spoken.length < shortestWithTypo) return;
    const most = spoken.length < shortestWithTwoTypos ? 1 : 2;
    for (const [spellings, distance] of this.#spoken.fuzzyGet(spoken, most).values()) {
      for (const spelling of spellings) found.note(spelling, 'typo', ranks.typo + distance);
    }
  }

  /** A name that is still being typed and has a letter wrong already. */
  #findBegunTypos(spoken: string, found: Found): void {
    if (spoken.length < shortestTypoPrefix) return;
    for (const [key, spellings] of this.#spoken.atPrefix(spoken.slice(0, rightSounds))) {
      if (distanceToBeginning(spoken, key, 1) > 1) continue;
      for (const spelling of spellings) found.note(spelling, 'typo', ranks.typoPrefix);
    }
  }

  *#keysOf(name: string): Generator<{ tree: Tree; key: string; isInside: boolean }> {
    const written = writtenKey(name);
    if (written === '') return;
    yield { tree: this.#written, key: written, isInside: false };
    for (let at = written.indexOf(' '); at >= 0; at = written.indexOf(' ', at + 1)) {
      yield { tree: this.#written, key: written.slice(at + 1), isInside: true };
    }
    const spoken = soundKey(written);
    if (spoken !== '') yield { tree: this.#spoken, key: spoken, isInside: false };
  }
}

/** The best match of each thing so far. */
class Found {
  readonly #best = new Map<string, NameMatch>();
  /** Whether a thing has the very name that was typed. */
  isNamed = false;

  get size(): number {
    return this.#best.size;
  }

  note({ id, name, other }: Spelling, match: Match, step: number): void {
    if (match === 'exact') this.isNamed = true;
    const rank = step + other / 2;
    const before = this.#best.get(id);
    if (before && before.rank <= rank) return;
    this.#best.set(id, { id, match, name, isOther: other === 1, rank });
  }

  all(): NameMatch[] {
    return [...this.#best.values()];
  }
}
