import { distanceM } from '../../shared/geo/distance.ts';
import type { Place } from '../../shared/model/place.ts';
import type { ReadPlace } from '../../shared/model/reading.ts';
import { soundKey } from '../../shared/rules/spelling.ts';
import type { Registry } from './place-names.ts';
import type { Token } from './tokens.ts';
import { languagesOf, type Hit } from './words/words.ts';

export interface Near {
  readonly lon: number;
  readonly lat: number;
}

interface Mention {
  readonly from: number;
  readonly length: number;
  readonly ids: readonly string[];
  readonly score: number;
}

const mostWords = 4;
const mostMentions = 8;
const shortestSound = 4;
const score = { written: 0.75, sound: 0.62, typo: 0.5 } as const;
/** Of two places of one name the nearer is meant, where the other is so many times as far. */
const clearlyNearer = 3;
const kindOrder: readonly Place['kind'][] = ['village', 'site', 'base', 'hospital', 'landing-zone'];

/** The places that a message names, likeliest first. `near` is where the sender, or else the reader, is. */
export function findPlaces(
  tokens: readonly Token[],
  hits: readonly Hit[],
  registry: Registry,
  near?: Near,
): ReadPlace[] {
  const marks = marksOf(tokens, hits);
  const written = mentions(tokens, marks, (key) => registry.byWritten(key), score.written);
  const heard = mentions(tokens, marks, (key) => bySound(registry, key), score.sound);
  const mistyped = mentions(tokens, marks, (key) => byTypo(registry, key), score.typo);
  const all = outermost([...written, ...heard, ...mistyped]);
  const places = all
    .sort((a, b) => b.score - a.score || b.length - a.length || a.from - b.from)
    .slice(0, mostMentions)
    .flatMap((mention) => candidatesOf(mention, tokens, registry, near));
  const best = new Map<string, ReadPlace>();
  for (const place of places.sort((a, b) => b.confidence - a.confidence)) {
    const id = place.placeId ?? '';
    if (!best.has(id)) best.set(id, place);
  }
  return [...best.values()].slice(0, 7);
}

/** What each word of the message is besides a possible name. */
interface Marks {
  readonly isKeyword: readonly boolean[];
  readonly isAt: readonly boolean[];
  readonly isFrom: readonly boolean[];
  /** All in capitals, or none: capitals then tell nothing. */
  readonly capitalsTell: boolean;
}

function marksOf(tokens: readonly Token[], hits: readonly Hit[]): Marks {
  const marked = (test: (hit: Hit) => boolean): boolean[] => {
    const marks = tokens.map(() => false);
    for (const hit of hits.filter(test)) marks.fill(true, hit.at, hit.at + hit.length);
    return marks;
  };
  const words = tokens.filter(({ value }) => value === undefined);
  const capitals = words.filter(({ isCapital }) => isCapital).length;
  return {
    isKeyword: marked(() => true),
    isAt: marked(({ sense }) => sense === 'at'),
    isFrom: marked(({ sense }) => sense === 'from'),
    capitalsTell: capitals > 0 && capitals <= words.length / 2,
  };
}

/** Longest names first; no word belongs to two. */
function mentions(
  tokens: readonly Token[],
  marks: Marks,
  idsOf: (key: string) => readonly string[],
  base: number,
): Mention[] {
  const taken = tokens.map(() => false);
  const found: Mention[] = [];
  for (let length = Math.min(mostWords, tokens.length); length >= 1; length -= 1) {
    for (let from = 0; from + length <= tokens.length; from += 1) {
      const own = tokens.slice(from, from + length);
      if (taken.slice(from, from + length).includes(true) || own.every(({ value }) => value !== undefined))
        continue;
      const isPlain = own.every(({ key }, at) => marks.isKeyword[from + at] || languagesOf(key).length > 0);
      // What is a word of a language counts as a name only where it is written as the name is.
      if (base !== score.written && (isPlain || isMarked(marks, from) || isMarked(marks, from + length - 1)))
        continue;
      const ids = keysOf(own)
        .map(idsOf)
        .find((list) => list.length > 0);
      if (!ids) continue;
      const sure = judged(own, from, marks, base, isPlain);
      if (sure <= 0.1) continue;
      taken.fill(true, from, from + length);
      found.push({ from, length, ids, score: sure });
    }
  }
  return found;
}

/** A word that says what or where, and so begins or ends no name that is misspelt. */
function isMarked({ isKeyword }: Marks, at: number): boolean {
  return isKeyword[at] === true;
}

/** Of names that lie within one another the longest stays, of the same words the surest. */
function outermost(found: readonly Mention[]): Mention[] {
  const longestFirst = [...found].sort((a, b) => b.length - a.length || b.score - a.score);
  const kept: Mention[] = [];
  for (const one of longestFirst) {
    const end = one.from + one.length;
    if (!kept.some(({ from, length }) => one.from < from + length && from < end)) kept.push(one);
  }
  return kept;
}

function keysOf(own: readonly Token[]): string[] {
  const rest = own.slice(1).map(({ key }) => key);
  const [first] = own;
  return first ? [first.key, ...first.bare].map((key) => [key, ...rest].join(' ')) : [];
}

function judged(own: readonly Token[], from: number, marks: Marks, base: number, isPlain: boolean): number {
  const isAt = marks.isAt[from - 1] === true;
  const isCapital = marks.capitalsTell && own[0]?.isCapital === true && !own[0].isFirst;
  const letters = own.reduce((sum, { key }) => sum + key.length, 0);
  return (
    base +
    (isAt ? 0.1 : 0) +
    (isCapital ? 0.06 : 0) +
    (own.length > 1 && !isPlain ? 0.08 : 0) -
    (marks.isFrom[from - 1] ? 0.12 : 0) -
    (letters <= 3 ? 0.25 : 0) -
    (isPlain ? (isCapital && isAt ? 0.3 : 0.5) : 0)
  );
}

function bySound(registry: Registry, key: string): readonly string[] {
  const sound = soundKey(key);
  return sound.length < shortestSound ? [] : registry.bySound(sound);
}

function byTypo(registry: Registry, key: string): readonly string[] {
  return registry.nearly(soundKey(key)).flatMap((sound) => registry.bySound(sound));
}

function candidatesOf(
  { from, length, ids, score: base }: Mention,
  tokens: readonly Token[],
  registry: Registry,
  near: Near | undefined,
): ReadPlace[] {
  const matched = tokens
    .slice(from, from + length)
    .map(({ text }) => text)
    .join(' ')
    .slice(0, 120);
  const ordered = ids
    .flatMap((id) => registry.place(id) ?? [])
    .map((place) => ({ place, farM: near ? distanceM(near.lon, near.lat, place.lon, place.lat) : 0 }))
    .sort(
      (a, b) =>
        a.farM - b.farM || weightOf(b.place) - weightOf(a.place) || (a.place.id < b.place.id ? -1 : 1),
    );
  const [first, second] = ordered;
  if (!first) return [];
  const isClear =
    !second || (near !== undefined && second.farM > clearlyNearer * Math.max(1_000, first.farM));
  const alike = near ? nearness(first.farM) : 1;
  const one = alike * (isClear ? base : base * (near ? 0.8 : Math.max(0.4, 1 / Math.sqrt(ordered.length))));
  return ordered.slice(0, 4).map(({ place }, rank) => ({
    placeId: place.id,
    name: place.name,
    lon: place.lon,
    lat: place.lat,
    precision: 'village' as const,
    how: 'name' as const,
    matched,
    confidence: Math.round(Math.min(0.95, rank === 0 ? one : one * 0.6 * 0.8 ** (rank - 1)) * 100) / 100,
  }));
}

/** People speak of what is near them: a name far off is likelier another word, or another village misspelt. */
function nearness(farM: number): number {
  return farM < 40_000 ? 1.1 : farM < 120_000 ? 0.9 : 0.65;
}

/** Villages before other things of their name, large ones first. */
function weightOf({ kind, population }: Place): number {
  return Math.log10((population ?? 0) + 1) - kindOrder.indexOf(kind) / 10;
}
