import { priorityOfCategory, type AlertCategory, type Priority } from '../../shared/model/alert-lists.ts';
import { alertCategories } from '../../shared/model/alert-lists.ts';
import type { Reading, ReadLanguage } from '../../shared/model/reading.ts';
import type { Token } from './tokens.ts';
import type { Hit } from './words/words.ts';
import { languagesOf, numberOf } from './words/words.ts';
import type { Sense } from './words/word-table.ts';

export type Meaning = Pick<
  Reading,
  'category' | 'priority' | 'restricted' | 'language' | 'numbers' | 'tense'
>;

const asOthers = 0.3;
const phraseWeight = 1.6;
/** A word of another language than that of the message may only look the same. */
const foreign = 0.4;
/** Words around a keyword that may deny it. */
const reach = 3;
/** Where several are equally likely, the one that costs most when it is missed. */
const severity: readonly AlertCategory[] = [
  'attack-in-progress',
  'imminent-attack',
  'crsv',
  'killing',
  'abduction',
  'forced-recruitment',
  'attack-on-un',
  'explosive-hazard',
  'cattle-raid',
  'mob-violence',
  'looting',
  'armed-group-movement',
];
/** What says who or where rather than what happens: it counts less beside a deed. */
const circumstances: readonly AlertCategory[] = [
  'armed-group-movement',
  'site-security',
  'movement-restriction',
  'intercommunal-tension',
  'displacement',
];

/** Category, urgency, language, numbers and tense of a message by the words in it. */
export function findMeaning(tokens: readonly Token[], hits: readonly Hit[]): Meaning {
  const language = languageOf(tokens, hits);
  const own = hits.filter((hit) => hit.language === language || isTelling(hit.sense));
  const meant = own.filter((hit) => !isDenied(hit, own));
  const tense = tenseOf(tokens, meant, language);
  const scores = scoresOf(meant, language, tense);
  const category = categoryOf(scores, meant);
  return {
    category,
    ...(category.words.length > 0 ? { priority: priorityOf(category, meant, language, tense) } : {}),
    ...restrictedBy(category.value, meant, language),
    ...(language ? { language } : {}),
    ...numbersOf(tokens, hits),
    ...(tense ? { tense } : {}),
  };
}

const isCategory = (sense: Sense): sense is AlertCategory =>
  (alertCategories as readonly string[]).includes(sense);
const isTelling = (sense: Sense): boolean => isCategory(sense) || sense === 'attack' || sense === 'help';

/** The language whose words are most; keywords count double. */
function languageOf(tokens: readonly Token[], hits: readonly Hit[]): ReadLanguage | undefined {
  const counts = new Map<ReadLanguage, number>();
  const add = (language: ReadLanguage, by: number): void => {
    counts.set(language, (counts.get(language) ?? 0) + by);
  };
  for (const { key, bare } of tokens)
    for (const form of [key, ...bare]) languagesOf(form).forEach((l) => add(l, 1));
  for (const { language, length, sense } of hits) add(language, isTelling(sense) ? 2 * length : length / 2);
  const [best] = [...counts].sort((a, b) => b[1] - a[1]);
  return best && best[1] >= 1 ? best[0] : undefined;
}

function isDenied(hit: Hit, hits: readonly Hit[]): boolean {
  if (!isTelling(hit.sense) || hit.sense === 'help') return false;
  return hits.some(({ sense, language, at, length }) => {
    if (language !== hit.language) return false;
    const before = hit.at - at - length;
    const behind = at - hit.at - hit.length;
    // French `pas` and the like stand on either side within a verb; most stand before.
    if (sense === 'not') return (before >= 0 && before < reach) || (language === 'fr' && behind === 0);
    return sense === 'not-behind' && behind >= 0 && behind < 2;
  });
}

/** Swahili verbs say when in front of their root. */
const swahiliTense = /^(?:wa|a|tu|m|ni|u|zi|i)(na|li|ta)(?=\p{L}{3})/u;

function tenseOf(
  tokens: readonly Token[],
  hits: readonly Hit[],
  language: ReadLanguage | undefined,
): Meaning['tense'] {
  const said = (sense: Sense): boolean =>
    hits.some((hit) => hit.sense === sense && hit.language === language);
  const verbs = hits.filter((hit) => hit.language === 'sw' && isTelling(hit.sense));
  const forms = verbs.map(({ at }) => swahiliTense.exec(tokens[at]?.key ?? '')?.[1]);
  if (said('now') || (forms.includes('na') && !said('past'))) return 'now';
  if (said('soon') || forms.includes('ta')) return 'soon';
  return said('past') || forms.includes('li') ? 'past' : undefined;
}

type Scores = ReadonlyMap<AlertCategory, number>;

function scoresOf(hits: readonly Hit[], language: ReadLanguage | undefined, tense: Meaning['tense']): Scores {
  const scores = new Map<AlertCategory, number>();
  const seen = new Set<string>();
  for (const { sense, words, length, language: of } of hits) {
    if (seen.has(`${sense} ${words}`)) continue;
    seen.add(`${sense} ${words}`);
    const category = sense === 'attack' ? attackAs(tense) : isCategory(sense) ? sense : undefined;
    if (!category) continue;
    const weight = (length > 1 ? phraseWeight : 1) * (of === language ? 1 : foreign);
    const part = circumstances.includes(category) ? weight * asOthers : weight;
    scores.set(category, (scores.get(category) ?? 0) + part);
  }
  return scores;
}

function attackAs(tense: Meaning['tense']): AlertCategory {
  return tense === 'soon' ? 'imminent-attack' : 'attack-in-progress';
}

function categoryOf(scores: Scores, hits: readonly Hit[]): Reading['category'] {
  const rank = (category: AlertCategory): number =>
    severity.includes(category) ? severity.indexOf(category) : severity.length;
  const ordered = [...scores].sort((a, b) => b[1] - a[1] || rank(a[0]) - rank(b[0]));
  const [first, second] = ordered;
  if (!first) return { value: 'other', confidence: 0, words: [] };
  const [value, score] = first;
  const doubt = second && second[1] > score * 0.7 ? 0.15 : 0;
  const confidence = rounded(Math.min(0.95, 0.45 + 0.2 * score) - doubt);
  return { value, confidence, words: wordsOf(hits, ({ sense }) => sense === value || sense === 'attack') };
}

const order: readonly Priority[] = ['P1', 'P2', 'P3', 'P4'];
const violent: readonly AlertCategory[] = [
  'killing',
  'abduction',
  'crsv',
  'looting',
  'cattle-raid',
  'mob-violence',
  'site-security',
  'attack-on-un',
  'armed-group-movement',
];

/** What the category implies; what is going on is one more urgent, what is over one less. */
function priorityOf(
  { value, confidence }: Reading['category'],
  hits: readonly Hit[],
  language: ReadLanguage | undefined,
  tense: Meaning['tense'],
): Reading['priority'] {
  const begin = order.indexOf(priorityOfCategory(value));
  const help = hits.some(({ sense }) => sense === 'help');
  const isHot = violent.includes(value) && (tense === 'now' || (help && tense !== 'past'));
  const at = begin - (isHot ? 1 : 0) + (tense === 'past' ? 1 : 0);
  const urgency: readonly Sense[] = ['now', 'soon', 'past', 'help'];
  return {
    value: order[Math.max(0, Math.min(2, at))] ?? 'P3',
    confidence: rounded(confidence * (tense || help ? 1 : 0.8)),
    words: wordsOf(hits, (hit) => urgency.includes(hit.sense) && hit.language === language),
  };
}

/** Deeds of which children are victims in the sense of the restricted class. */
const againstChildren: readonly AlertCategory[] = ['abduction', 'forced-recruitment', 'killing', 'crsv'];

/**
 * Any word of sexual violence restricts, whatever else is said. Words for children restrict where one of the deeds
 * against them is what the message is about: children who flee, or are near an attack that goes on, do not, for
 * nobody could read that alert who has to answer it.
 */
function restrictedBy(
  category: AlertCategory,
  hits: readonly Hit[],
  language: ReadLanguage | undefined,
): Pick<Meaning, 'restricted'> {
  if (hits.some(({ sense }) => sense === 'crsv')) return { restricted: 'crsv' };
  const children = hits.some((hit) => hit.sense === 'child' && hit.language === language);
  const isRecruited = category === 'forced-recruitment';
  return isRecruited || (children && againstChildren.includes(category)) ? { restricted: 'child' } : {};
}

function numbersOf(tokens: readonly Token[], hits: readonly Hit[]): Pick<Meaning, 'numbers'> {
  const found: Partial<Record<'men' | 'dead' | 'abducted' | 'wounded', number>> = {};
  for (const { sense, at, length } of hits) {
    if (sense !== 'men' && sense !== 'dead' && sense !== 'abducted' && sense !== 'wounded') continue;
    const value = numberNear(tokens, at, length);
    if (value !== undefined) found[sense] ??= value;
  }
  return Object.keys(found).length > 0 ? { numbers: found } : {};
}

/** "40 armed men", "wanaume 40": before with one word between, or at once behind. */
function numberNear(tokens: readonly Token[], at: number, length: number): number | undefined {
  const near = [tokens[at - 1], tokens[at + length], tokens[at - 2]];
  const values = near.map(numberOf).filter((value) => value !== undefined && value < 100_000);
  return values[0];
}

function wordsOf(hits: readonly Hit[], isOne: (hit: Hit) => boolean): string[] {
  return [...new Set(hits.filter(isOne).map(({ words }) => words.slice(0, 80)))].slice(0, 12);
}

function rounded(value: number): number {
  return Math.round(Math.max(0, Math.min(1, value)) * 100) / 100;
}
