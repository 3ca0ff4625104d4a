import { z } from 'zod';
import type { Place } from '../../../shared/model/place.ts';
import { makeSeededRandom, type SeededRandom } from '../../exercise/seeded-random.ts';
import type { ProvenServer } from './proven-server.ts';
import type { Report } from './report.ts';

const answerSchema = z.object({ places: z.array(z.object({ id: z.string() })) });
const asked = 1_000;
const perAnswer = 10;
const leastFound = 0.95;

/** Ways in which one name is written by different hands; each changes what it can. */
const otherHands: ReadonlyArray<readonly [RegExp, string]> = [
  [/ou/gi, 'u'],
  [/u/gi, 'ou'],
  [/w/gi, 'ou'],
  [/dj/gi, 'j'],
  [/j/gi, 'dj'],
  [/tsh|ch/gi, 'sh'],
  [/sh/gi, 'ch'],
  [/k/gi, 'c'],
  [/y/gi, 'i'],
  [/i/gi, 'y'],
  [/t(?!h|sh)/gi, 'th'],
  [/(?<=[aeiou])([lmnrst])(?=[aeiou])/gi, '$1$1'],
  [/a$/i, 'ah'],
  [/^/, 'El '],
  [/[ '’-]+/g, '-'],
  [/e/gi, 'é'],
];

/** Asks for a thousand villages as somebody else would spell them, and looks whether each is among the first ten. */
export async function proveSearch(
  report: Report,
  server: ProvenServer,
  settlements: readonly Place[],
): Promise<void> {
  const random = makeSeededRandom(30_601);
  const named = settlements.filter(({ name }) => /^[\p{Script=Latin} '’-]{4,40}$/u.test(name));
  const begunMs = performance.now();
  await server.watch.get('/api/search?q=');
  report.figure('index of all names, at the first search', `${(performance.now() - begunMs).toFixed(0)} ms`);
  const tookMs: number[] = [];
  let found = 0;
  for (let count = 0; count < asked; count += 1) {
    const place = random.pick(named);
    const query = new URLSearchParams({
      q: count % 4 === 0 ? mistyped(place.name, random) : spelledAnew(place.name, random),
      limit: String(perAnswer),
      near: `${place.lon},${place.lat}`,
    });
    const answer = await server.watch.get(`/api/search?${query}`);
    tookMs.push(answer.tookMs);
    if (answerSchema.parse(answer.body).places.some(({ id }) => id === place.id)) found += 1;
  }
  tookMs.sort((a, b) => a - b);
  const at = (share: number): number => tookMs[Math.floor(share * (asked - 1))] ?? NaN;
  report.figure(
    `${asked} searches, p50 and p95 (wanted: 50 ms at most)`,
    `${at(0.5).toFixed(1)} ms, ${at(0.95).toFixed(1)} ms`,
  );
  const share = `${((100 * found) / asked).toFixed(1)} %`;
  report.check('villages found in spite of spelling and typing errors', found / asked >= leastFound, share);
}

function spelledAnew(name: string, random: SeededRandom): string {
  const able = otherHands.filter((way) => changed(name, way) !== name);
  return able.length === 0 ? name : changed(name, random.pick(able));
}

function changed(name: string, [letters, other]: readonly [RegExp, string]): string {
  return name.replace(letters, other);
}

/** One letter wrong, missing or twice, but not the first. */
function mistyped(name: string, random: SeededRandom): string {
  const at = random.integer(1, name.length - 1);
  const letter = random.pick([...'aeiounrst']);
  return name.slice(0, at) + random.pick([letter, '', `${letter}${name.charAt(at)}`]) + name.slice(at + 1);
}
