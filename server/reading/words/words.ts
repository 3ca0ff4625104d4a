import { writtenKey } from '../../../shared/rules/spelling.ts';
import type { ReadLanguage } from '../../../shared/model/reading.ts';
import type { Token } from '../tokens.ts';
import { arabic } from './ar.ts';
import { english } from './en.ts';
import { french } from './fr.ts';
import { lingala } from './ln.ts';
import { sango } from './sg.ts';
import { swahili } from './sw.ts';
import type { Sense, WordTable } from './word-table.ts';

/** One word or phrase of a table, found in a message. */
export interface Hit {
  readonly sense: Sense;
  readonly language: ReadLanguage;
  /** As the table has it. */
  readonly words: string;
  /** Tokens from this one on, so many. */
  readonly at: number;
  readonly length: number;
}

type Fit = (token: Token) => boolean;
interface Rule {
  readonly sense: Sense;
  readonly language: ReadLanguage;
  readonly words: string;
  readonly fits: readonly Fit[];
}

const tables: readonly WordTable[] = [english, french, swahili, lingala, sango, arabic];
const stemLetters = 3;
/** Rules by their first word, by the first letters of their first stem, and those that begin with a root. */
const whole = new Map<string, Rule[]>();
const stems = new Map<string, Rule[]>();
const roots: Rule[] = [];
const commonWords = new Map<string, ReadLanguage[]>();
const numberWords = new Map<string, number>();

for (const { language, senses, common, numbers } of tables) {
  for (const [sense, entries] of Object.entries(senses)) {
    for (const words of entries) file({ sense: sense as Sense, language, words }); // the keys of a table are senses
  }
  for (const word of common.split(' ')) push(commonWords, writtenKey(word), language);
  numbers.forEach((word, index) => numberWords.set(writtenKey(word), index + 1));
}

function file({ sense, language, words }: Omit<Rule, 'fits'>): void {
  const parts = words.split(' ').map(partOf);
  const [first] = parts;
  if (!first || first.key === '') return;
  const rule = { sense, language, words, fits: parts.map(({ fit }) => fit) };
  if (first.kind === 'root') roots.push(rule);
  else if (first.kind === 'stem') push(stems, first.key.slice(0, stemLetters), rule);
  else push(whole, first.key, rule);
}

function partOf(word: string): { kind: 'whole' | 'stem' | 'root'; key: string; fit: Fit } {
  const key = writtenKey(word.replaceAll('*', ''));
  const some = (token: Token, test: (form: string) => boolean): boolean =>
    test(token.key) || token.bare.some(test);
  if (word.startsWith('*')) return { kind: 'root', key, fit: ({ key: own }) => own.includes(key) };
  if (word.endsWith('*'))
    return { kind: 'stem', key, fit: (token) => some(token, (form) => form.startsWith(key)) };
  return { kind: 'whole', key, fit: (token) => some(token, (form) => form === key) };
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Every word and phrase of the tables that stands in the message. */
export function hitsIn(tokens: readonly Token[]): Hit[] {
  const hits: Hit[] = [];
  tokens.forEach((token, at) => {
    const fitting = (rule: Rule): boolean =>
      rule.fits.every((fit, step) => {
        const next = tokens[at + step];
        return next !== undefined && fit(next);
      });
    const note = (rule: Rule): void => {
      if (!fitting(rule)) return;
      const { sense, language, words, fits } = rule;
      hits.push({ sense, language, words, at, length: fits.length });
    };
    for (const form of [token.key, ...token.bare]) {
      for (const rule of whole.get(form) ?? []) note(rule);
      for (const rule of stems.get(form.slice(0, stemLetters)) ?? []) note(rule);
    }
    if (token.key.length >= stemLetters) for (const rule of roots) note(rule);
  });
  return hits;
}

/** The languages of which a word is one of the commonest; a village of that name is then seldom meant. */
export function languagesOf(key: string): readonly ReadLanguage[] {
  return commonWords.get(key) ?? [];
}

/** The number that a word or figure says. */
export function numberOf(token: Token | undefined): number | undefined {
  return token && (token.value ?? numberWords.get(token.key));
}
