import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { Failure } from '../../shared/failure.ts';
import type { Shelf } from '../record/record.ts';
import { countryOf, normalNumber, numbersIn } from './numbers.ts';
import { createSeal, inFigures, type Seal } from './seal.ts';
import { sourcePrefix, sourceShelf, type SourceShelf } from './source-shelf.ts';
import type { SourceKey } from './source-key.ts';
import { openWords, type Words } from './words.ts';

/**
 * The room that knows numbers. What comes in here as a number goes out as a pseudonym; everybody else works with
 * pseudonyms. Values lie on the record's shelf, sealed; their names there are keyed hashes.
 */
export interface Sources {
  /** Whether the store can be opened; `reason` says in one sentence why not. */
  readonly state: 'open' | 'closed';
  readonly reason?: string;
  readonly closedBecause?: 'missing' | 'wrong';
  /** What callers said, each alert under a key of its own; open in some way whatever the state. */
  readonly words: Words;
  /** The stable pseudonym of a caller, `FP-7Q3`; undefined where there is no sender, or the store is closed. */
  pseudonymOf(given: string): Promise<string | undefined>;
  /** The pseudonym a number has already; never makes one. */
  knownAs(given: string): Promise<string | undefined>;
  /** The real number behind a pseudonym. Whoever asks has logged it before. */
  numberOf(pseudonym: string): Promise<string | undefined>;
  /** Forgets the number for ever; the pseudonym stays in use for nobody else. */
  forget(pseudonym: string): Promise<void>;
  /** The text with every telephone number in it replaced by its pseudonym. */
  withoutNumbers(text: string, sender?: string): Promise<string>;
  /** A keyed hash as 26 figures, for ids that must be the same for the same message and say nothing of it. */
  digest(...parts: readonly string[]): string;
  /** A caller who wants to hear nothing more, for ever, under whatever pseudonym. */
  stop(given: string): Promise<void>;
  hasStopped(given: string): Promise<boolean>;
  /** Sealed things of this room. Refuses with `sources-closed` while the store is closed. */
  readonly shelf: SourceShelf;
}

const checkName = `${sourcePrefix}check`;
const behindSchema = z.object({ number: z.string().nullable() });
const knownSchema = z.object({ pseudonym: z.string() });

interface Parts {
  readonly shelf: Shelf;
  readonly key: SourceKey;
  /** Two letters of the country whose national numbers are understood. */
  readonly country?: string | undefined;
}

/**
 * Opens the store. With a key that is not that of the shelf, or none, it is closed: pseudonyms are unknown then, and
 * everything else goes on.
 */
export async function openSources({ shelf, key, country: given }: Parts): Promise<Sources> {
  const spare = createSeal(await spareKey(shelf));
  const closed = async (closedBecause: 'missing' | 'wrong', reason: string): Promise<Sources> =>
    closedSources({ closedBecause, reason, spare, words: await openWords(shelf, [spare]) });
  if (key.state === 'missing') return await closed('missing', key.reason);
  const seal = createSeal(key.key);
  const check = new TextEncoder().encode('the key of this record');
  await shelf.putNew(checkName, seal.seal(checkName, check));
  const kept = await shelf.get(checkName);
  if (!kept || !seal.open(checkName, kept)) {
    const reason = 'SOURCE_KEY_FILE: this is not the key with which the sources of this record were sealed';
    return await closed('wrong', reason);
  }
  const words = await openWords(shelf, [seal, spare]);
  return openedSources({ shelf: sourceShelf(shelf, seal), seal, words, country: countryOf(given) });
}

/** Whether the shelf holds sources that were sealed with a key. */
export async function hasSources(shelf: Shelf): Promise<boolean> {
  return (await shelf.get(checkName)) !== undefined;
}

/**
 * For ids of messages while the store is closed, into which no number goes then; and for keys of words, which can so be
 * erased though they are not secret.
 */
async function spareKey(shelf: Shelf): Promise<Buffer> {
  const name = `${sourcePrefix}spare`;
  await shelf.putNew(name, randomBytes(32));
  return Buffer.from((await shelf.get(name)) ?? randomBytes(32));
}

interface OpenedParts {
  readonly shelf: SourceShelf;
  readonly seal: Seal;
  readonly words: Words;
  readonly country: ReturnType<typeof countryOf>;
}

function openedSources({ shelf, seal, words, country }: OpenedParts): Sources {
  const pseudonymOf = async (given: string): Promise<string | undefined> => {
    const number = normalNumber(given, country);
    if (number === '') return undefined;
    const known = await shelf.get(knownSchema, 'number', number);
    return known?.pseudonym ?? (await newPseudonym(shelf, seal, number));
  };
  return {
    state: 'open',
    shelf,
    words,
    pseudonymOf,
    async knownAs(given) {
      return (await shelf.get(knownSchema, 'number', normalNumber(given, country)))?.pseudonym;
    },
    async numberOf(pseudonym) {
      return (await shelf.get(behindSchema, 'pseudonym', pseudonym))?.number ?? undefined;
    },
    async forget(pseudonym) {
      const behind = await shelf.get(behindSchema, 'pseudonym', pseudonym);
      await shelf.put({ number: null }, 'pseudonym', pseudonym);
      if (behind?.number) await shelf.remove('number', behind.number);
    },
    async withoutNumbers(text, sender = '') {
      const found = numbersIn(text, normalNumber(sender, country), country);
      let [told, from] = ['', 0];
      for (const { start, end, number } of found) {
        told += `${text.slice(from, start)}${(await pseudonymOf(number)) ?? '[…]'}`;
        from = end;
      }
      return told + text.slice(from);
    },
    digest: (...parts) => inFigures(seal.digest('id', JSON.stringify(parts)), 26),
    stop: (given) => shelf.put({ stopped: true }, 'stop', normalNumber(given, country)),
    async hasStopped(given) {
      const stopped = z.object({ stopped: z.boolean() });
      return (await shelf.get(stopped, 'stop', normalNumber(given, country))) !== undefined;
    },
  };
}

/**
 * Three figures of a keyed hash, or more where somebody else has those. Two servers that see a caller for the first
 * time at once find the same: the pseudonym follows from the number, and the first to put it there is believed.
 */
async function newPseudonym(shelf: SourceShelf, seal: Seal, number: string): Promise<string> {
  for (let attempt = 0; attempt < 64; attempt++) {
    const hash = seal.digest('name', `${attempt} ${number}`);
    const pseudonym = `FP-${inFigures(hash, 3 + Math.floor(attempt / 4))}`;
    const isFree = await shelf.putNew({ number }, 'pseudonym', pseudonym);
    const behind = isFree ? { number } : await shelf.get(behindSchema, 'pseudonym', pseudonym);
    if (behind?.number !== number) continue;
    await shelf.put({ pseudonym }, 'number', number);
    return pseudonym;
  }
  throw new Failure('internal', 'no pseudonym is free');
}

interface ClosedParts {
  readonly closedBecause: 'missing' | 'wrong';
  readonly reason: string;
  readonly spare: Seal;
  readonly words: Words;
}

function closedSources({ closedBecause, reason, spare, words }: ClosedParts): Sources {
  const refuse = (): never => {
    throw new Failure('sources-closed', reason);
  };
  return {
    state: 'closed',
    reason,
    closedBecause,
    words,
    pseudonymOf: () => Promise.resolve(undefined),
    knownAs: () => Promise.resolve(undefined),
    numberOf: refuse,
    forget: refuse,
    withoutNumbers: (text, sender = '') =>
      Promise.resolve(
        numbersIn(text, normalNumber(sender)).reduceRight(
          (told, { start, end }) => `${told.slice(0, start)}[…]${told.slice(end)}`,
          text,
        ),
      ),
    digest: (...parts) => inFigures(spare.digest('id', JSON.stringify(parts)), 26),
    stop: refuse,
    hasStopped: () => Promise.resolve(true),
    get shelf() {
      return refuse();
    },
  };
}
