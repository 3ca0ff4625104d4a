import type { AlertCategory } from '../../../shared/model/alert-lists.ts';
import type { ReadLanguage } from '../../../shared/model/reading.ts';

/** What a word can say of a message, beside a category. `attack` is one whose time the other words tell. */
export const senses = [
  'attack',
  'now',
  'soon',
  'past',
  'help',
  'not',
  'not-behind',
  'child',
  'men',
  'dead',
  'abducted',
  'wounded',
  'at',
  'from',
] as const;
export type Sense = (typeof senses)[number] | AlertCategory;

/**
 * The words of one language, as people write them in messages; accents and capitals do not count. `word` is the word,
 * `stem*` whatever begins so, `*root*` whatever holds it; several words stand in this order. To add one, add it.
 */
export interface WordTable {
  readonly language: ReadLanguage;
  readonly senses: Readonly<Partial<Record<Sense, readonly string[]>>>;
  /** The commonest words, by which the language is known; where they are names of villages too, they are none. */
  readonly common: string;
  /** Numbers in words, from one. */
  readonly numbers: readonly string[];
}
