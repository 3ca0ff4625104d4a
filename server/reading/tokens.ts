import { writtenKey } from '../../shared/rules/spelling.ts';

/** One word of a message. */
export interface Token {
  /** As it stands in the message. */
  readonly text: string;
  /** As it is compared. */
  readonly key: string;
  /** Other keys: an Arabic word without the particles written onto it. */
  readonly bare: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly isCapital: boolean;
  /** A sentence or line ends before it. */
  readonly isFirst: boolean;
  /** Its value where it is a number. */
  readonly value: number | undefined;
}

/** Longer messages are read up to here. */
export const mostLetters = 4_000;
const mostTokens = 800;

const word = /[\p{L}\p{N}][\p{L}\p{M}\p{N}'’ʼ‘`´]*/gu;
/** A French article or pronoun that has lost its vowel; before a consonant it belongs to a name: M'Boki. */
const elided = /^(?:l|d|qu|n|s|j|c|m|t)['’](?=[aeiouyhâàéèêëîïôûœ])/i;
const arabic = /^\p{Script=Arabic}/u;
/** And, so, in, to, as; alone or before the article. */
const particle = /^(?:وبال|فال|وال|بال|كال|ولل|لل|ال|[وفبلك])/u;

/** The message as it is read: whole letters only, western digits, not endless. */
export function readable(text: string): string {
  return text
    .slice(0, mostLetters)
    .replace(/\p{Surrogate}/gu, ' ')
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[\u06F0-\u06F9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0));
}

export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(word)) {
    if (tokens.length >= mostTokens) break;
    const cut = elided.exec(match[0])?.[0].length ?? 0;
    const own = match[0].slice(cut);
    const key = writtenKey(own);
    if (key === '') continue;
    const start = match.index + cut;
    tokens.push({
      text: own,
      key,
      bare: arabic.test(key) ? bareForms(key) : [],
      start,
      end: start + own.length,
      isCapital: /^\p{Lu}/u.test(own),
      isFirst: tokens.length === 0 || /[.!?\n]/.test(text.slice(end, match.index)),
      value: /^\d{1,7}$/.test(own) ? Number(own) : undefined,
    });
    end = start + own.length;
  }
  return tokens;
}

function bareForms(key: string): string[] {
  const first = key.replace(particle, '');
  const short = key.replace(/^[وفبلك]/u, '');
  return [...new Set([short, first])].filter((form) => form !== key && form.length >= 3);
}
