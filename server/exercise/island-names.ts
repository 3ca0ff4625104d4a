import type { SeededRandom } from './seeded-random.ts';

const starts = [
  'm',
  'k',
  't',
  'v',
  'z',
  'l',
  'b',
  'd',
  's',
  'r',
  'n',
  'p',
  'y',
  'f',
  'ts',
  'dr',
  'sh',
  'w',
  'h',
];
const vowels = ['a', 'e', 'i', 'o', 'u', 'a', 'e', 'o', 'a'];
const middles = [
  'l',
  'r',
  'n',
  'm',
  's',
  'v',
  'z',
  'k',
  'd',
  'b',
  'l',
  'r',
  'rv',
  'lm',
  'sk',
  'rd',
  'lt',
  'zr',
  'nv',
];
const endings = ['a', 'e', 'i', 'o', 'u', 'a', 'o', 'en', 'ar', 'is', 'ay', 'os', 'eth'];

/** Names the drawings of the product use; they come first so that documents and exercise agree. */
const knownNames = ['Mabiri', 'Kolvan', 'Tsera'];

/**
 * Invented villages that turned out to exist somewhere in South Sudan, Sudan, the Central African Republic or
 * the Congo when the default island was compared with a gazetteer. An exercise must never name a real
 * village.
 */
const refusedNames = new Set(['Dalma']);

/**
 * `count` different invented place names. Short ones are left out: four letters are a real village nearly
 * everywhere.
 */
export function makeNames(random: SeededRandom, count: number): string[] {
  const names = new Set(knownNames);
  while (names.size < count) {
    const name = makeName(random);
    if (name.length >= 5 && name.length <= 9 && !refusedNames.has(name)) names.add(name);
  }
  return [...names];
}

function makeName(random: SeededRandom): string {
  const short = random.pick(starts) + random.pick(vowels) + random.pick(middles);
  const long = random.next() < 0.55 ? random.pick(vowels) + random.pick(middles) : '';
  const name = short + long + random.pick(endings);
  return name.charAt(0).toUpperCase() + name.slice(1);
}
