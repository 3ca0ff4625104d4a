/**
 * One place has many spellings: on French, Belgian and British maps, in a radio log, in an Arabic report written with
 * Latin letters. Two keys make them comparable: how a name is written, and how it sounds.
 */

const plain = /^[a-z0-9]+(?: [a-z0-9]+)*$/;
/** Letters that are no letter with an accent, and stand for others. */
const letters: Readonly<Record<string, string>> = {
  œ: 'oe',
  æ: 'ae',
  ø: 'o',
  ß: 'ss',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ŋ: 'ng',
  ɓ: 'b',
  ɗ: 'd',
  ɛ: 'e',
  ɔ: 'o',
  ı: 'i',
  ى: 'ي',
  ة: 'ه',
};
const special = new RegExp(`[${Object.keys(letters).join('')}]`, 'g');

/** A name as it is compared: lower case, no accents or apostrophes, hyphens as spaces, one space between words. */
export function writtenKey(name: string): string {
  const lower = name.toLowerCase();
  if (plain.test(lower)) return lower;
  return lower
    .normalize('NFD')
    .replace(/[\p{M}ـ'’‘ʼʻʾʿ`´]/gu, '')
    .replace(special, (letter) => letters[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The Arabic article before a name, also where it has taken on the sound of the next letter: el, al, ad, en, ash. */
const article = /^(?:[ae]l|[ae][dnrstz]|[ae]sh) (?=\S)/;
const joinedArticle = /^[ae]l(?=[b-df-hj-np-tv-z][a-z]{3})/;

/** In this order; each works on what the one before left. */
const sounds: ReadonlyArray<readonly [RegExp, string]> = [
  [/([aeiou])h(?= |$)/g, '$1'],
  [/ /g, ''],
  [/tch|tsh|sch|ch/g, 'sh'],
  [/dj|dg(?=[ei])/g, 'j'],
  [/ph/g, 'f'],
  [/([tkgdb])h/g, '$1'],
  [/gn(?=[aeiouy])/g, 'ni'],
  [/q(?:u(?=[aeioy]))?|ck/g, 'k'],
  [/c(?=[eiy])/g, 's'],
  [/c/g, 'k'],
  [/x/g, 'ks'],
  [/gu(?=[eiy])/g, 'g'],
  [/ou|w/g, 'u'],
  [/y/g, 'i'],
  [/(.)\1+/gu, '$1'],
];

/**
 * How a written key sounds in French, English and Arabic transliteration alike: ou, u, w; dj, j; ch, sh, tsh; c, k, q;
 * th, t; y, i; double letters, a silent h at the end, the article and the spaces do not count. Empty for an empty key.
 */
export function soundKey(written: string): string {
  const named = written.replace(article, '').replace(joinedArticle, '');
  return sounds.reduce((heard, [letter, sound]) => heard.replace(letter, sound), named);
}

/** A name made ready for `nameRank`. */
export interface NameKey {
  readonly written: string;
  /** Without spaces: `LRP4` and `LRP 4` are one. */
  readonly closed: string;
}

export function nameKey(name: string): NameKey {
  const written = writtenKey(name);
  return { written, closed: written.includes(' ') ? written.replaceAll(' ', '') : written };
}

/** What `nameRank` says of a name that does not answer. */
export const notNamed = 3;

/** How a name answers to what was typed: 0, it is that name; 1, it begins so; 2, a later word begins so; 3, not. */
export function nameRank(name: NameKey, typed: NameKey): 0 | 1 | 2 | 3 {
  if (name.closed.startsWith(typed.closed)) return name.closed.length === typed.closed.length ? 0 : 1;
  return name.written.includes(` ${typed.written}`) ? 2 : notNamed;
}

/**
 * How many letters must be added, dropped or changed so that `typed` becomes the beginning of `key`; more than `most`
 * is answered as `most + 1`.
 */
export function distanceToBeginning(typed: string, key: string, most: number): number {
  const length = Math.min(key.length, typed.length + most);
  let row = Array.from({ length: length + 1 }, (_, at) => at);
  for (let at = 1; at <= typed.length; at += 1) {
    const next = [at];
    for (let to = 1; to <= length; to += 1) {
      const changed = (row[to - 1] ?? 0) + (typed[at - 1] === key[to - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1));
    }
    row = next;
    if (Math.min(...row) > most) return most + 1;
  }
  return Math.min(...row);
}
