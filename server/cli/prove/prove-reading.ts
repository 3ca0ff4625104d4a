import type { AlertCategory } from '../../../shared/model/alert-lists.ts';
import type { Place } from '../../../shared/model/place.ts';
import type { ReadLanguage } from '../../../shared/model/reading.ts';
import { makeSeededRandom, type SeededRandom } from '../../exercise/seeded-random.ts';
import { newPicture } from '../../picture/fold.ts';
import { PlaceNames } from '../../reading/place-names.ts';
import { readMessage } from '../../reading/reading.ts';
import type { Report } from './report.ts';

interface Template {
  readonly language: ReadLanguage;
  readonly category: AlertCategory;
  /** `{}` is the place. */
  readonly text: string;
}

/** Messages as people send them, invented; each is sent from many villages. */
export const templates: readonly Template[] = [
  { language: 'en', category: 'attack-in-progress', text: 'Gunmen are shooting in {} now, please help us' },
  { language: 'en', category: 'abduction', text: 'yesterday 6 people were kidnapped near {} by unknown men' },
  { language: 'en', category: 'imminent-attack', text: 'they are going to attack {} tonight' },
  {
    language: 'fr',
    category: 'attack-in-progress',
    text: 'Des hommes armés tirent à {} maintenant, au secours',
  },
  { language: 'fr', category: 'killing', text: 'hier les rebelles ont tué 4 personnes à {}' },
  { language: 'fr', category: 'looting', text: 'les voleurs pillent le marché de {} svp venez vite' },
  {
    language: 'sw',
    category: 'attack-in-progress',
    text: 'waasi wanashambulia kijiji cha {} sasa hivi tunaomba msaada',
  },
  { language: 'sw', category: 'abduction', text: 'jana watu 5 wametekwa nyara huko {}' },
  { language: 'sw', category: 'displacement', text: 'watu wote wanakimbia kutoka {} kuelekea msituni' },
  { language: 'ln', category: 'attack-in-progress', text: 'bazobeta masasi na {} sikoyo, sunga biso noki' },
  { language: 'ln', category: 'looting', text: 'miyibi bayibi biloko nyonso na mboka {} lobi' },
  {
    language: 'sg',
    category: 'attack-in-progress',
    text: 'azo ti ngombe ayeke na {} fadeso, ala pika ngombe, mu maboko na e',
  },
  { language: 'sg', category: 'killing', text: 'ala fa azo ota na kodoro {} biri' },
  {
    language: 'ar',
    category: 'attack-in-progress',
    text: 'musallahin hajamu garya {} hassa, rusas katir, alhaguna',
  },
  { language: 'ar', category: 'looting', text: 'nahabu suug {} ambarih, saragu kullu haja' },
  {
    language: 'ar',
    category: 'attack-in-progress',
    text: 'هجوم مسلح على قرية {} الآن اطلاق نار كثيف النجدة',
  },
];

const asked = 4_000;
/** What must be right: wholly of names as they stand in the file, of names with an error somewhat fewer. */
const least = { placed: 0.95, mistyped: 0.75, category: 0.95, ms: 1 } as const;
/** Namesakes this far apart are one village with two entries in the file. */
const liesWithinDegrees = 0.1;

/** Sends invented messages from real villages and counts how many are read as they are meant. */
export async function proveReading(report: Report, settlements: readonly Place[]): Promise<void> {
  const picture = newPicture();
  for (const place of settlements) picture.places.set(place.id, { place, changedSeq: 0 });
  const names = new PlaceNames({ picture, onNews: () => () => undefined });
  const begunMs = performance.now();
  await names.ready();
  report.figure(
    `reading: ${settlements.length} villages learnt`,
    `${(performance.now() - begunMs).toFixed(0)} ms`,
  );
  const random = makeSeededRandom(507);
  const able = settlements.filter(({ name }) => /^[\p{Script=Latin} '’-]{4,40}$/u.test(name));
  const written = proveRound(able, names, random, (name) => name);
  const mistyped = proveRound(able, names, random, (name) => mistypedName(name, random));
  for (const [what, { placed, offered }, wanted] of [
    ['as in the file', written, least.placed],
    ['with a letter wrong', mistyped, least.mistyped],
  ] as const) {
    report.check(`reading: right village, names ${what}`, placed >= wanted, percent(placed));
    report.figure(`reading: right village among those offered, ${what}`, percent(offered));
  }
  report.check('reading: right category', written.category >= least.category, percent(written.category));
  report.figure('reading: right language', percent(written.language));
  report.figure(
    'reading: a message, p50 and p99 (wanted: 1 ms)',
    `${written.p50Ms.toFixed(3)} ms, ${written.p99Ms.toFixed(3)} ms`,
  );
}

interface Round {
  readonly placed: number;
  readonly offered: number;
  readonly category: number;
  readonly language: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

function proveRound(
  able: readonly Place[],
  names: PlaceNames,
  random: SeededRandom,
  spelt: (name: string) => string,
): Round {
  const counts = { placed: 0, offered: 0, category: 0, language: 0 };
  const tookMs: number[] = [];
  for (let count = 0; count < asked; count += 1) {
    const village = random.pick(able);
    const { text, category, language } = random.pick(templates);
    // The gateway knows about where its caller is: a tower, or the area of the liaison assistant.
    const near = {
      lon: village.lon + random.between(-0.2, 0.2),
      lat: village.lat + random.between(-0.2, 0.2),
    };
    const begunMs = performance.now();
    const reading = readMessage({ text: text.replace('{}', spelt(village.name)), near, atMs: 0 }, names);
    tookMs.push(performance.now() - begunMs);
    const isThere = ({ lon, lat }: { lon: number; lat: number }): boolean =>
      Math.abs(lon - village.lon) < liesWithinDegrees && Math.abs(lat - village.lat) < liesWithinDegrees;
    if (reading.place && isThere(reading.place)) counts.placed += 1;
    if ([...(reading.place ? [reading.place] : []), ...reading.otherPlaces].some(isThere))
      counts.offered += 1;
    if (reading.category.value === category) counts.category += 1;
    if (reading.language === language) counts.language += 1;
  }
  tookMs.sort((a, b) => a - b);
  return {
    placed: counts.placed / asked,
    offered: counts.offered / asked,
    category: counts.category / asked,
    language: counts.language / asked,
    p50Ms: tookMs[asked / 2] ?? NaN,
    p99Ms: tookMs[Math.floor(asked * 0.99)] ?? NaN,
  };
}

/** One letter wrong, missing or twice, but not the first. */
export function mistypedName(name: string, random: SeededRandom): string {
  const at = random.integer(1, name.length - 1);
  const letter = random.pick([...'aeiounrst']);
  return name.slice(0, at) + random.pick([letter, '', `${letter}${name.charAt(at)}`]) + name.slice(at + 1);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
