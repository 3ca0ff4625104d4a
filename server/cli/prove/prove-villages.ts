import { z } from 'zod';
import type { Place } from '../../../shared/model/place.ts';
import type { Principal } from '../../../shared/role.ts';
import { silentVillages } from '../../audience/village-view.ts';
import { makeSeededRandom } from '../../exercise/seeded-random.ts';
import { defaultMission } from '../../mission/load-mission.ts';
import { newPicture } from '../../picture/fold.ts';
import { foldPlaces } from '../../picture/fold-village.ts';
import type { ApiAnswer } from './api.ts';
import type { ProvenServer } from './proven-server.ts';
import type { Report } from './report.ts';

const hourMs = 3_600_000;
const asked = 200;
const perPage = 50;

const pageSchema = z.object({
  villages: z.array(z.object({ id: z.string(), state: z.string() })),
  total: z.number(),
  counts: z.record(z.string(), z.number()),
});
const networks = ['North', 'South', 'East'] as const;

/** Gives every village a rhythm and a way to reach it, then reads, searches and filters the registry as a desk would. */
export async function proveVillages(
  report: Report,
  server: ProvenServer,
  settlements: readonly Place[],
): Promise<void> {
  const features = settlements.map(({ id, name, lon, lat, population, names }, index) => ({
    ...{ type: 'Feature', id, geometry: { type: 'Point', coordinates: [lon, lat] } },
    properties: {
      ...{ kind: 'village', name, population, names, contactEveryH: 24, liaison: `CLA-${index % 40}` },
      ...{ reach: index % 3 ? ['phone'] : ['hf', 'bell'], network: networks[index % networks.length] },
    },
  }));
  const body = JSON.stringify({ type: 'FeatureCollection', features });
  const imported = await server.watch.post('/api/places/import', body, 'application/geo+json');
  report.equal('registry: the import answers', imported.status, 200);
  report.figure(`registry: import of ${features.length} villages`, `${imported.tookMs.toFixed(0)} ms`);
  const first = await server.watch.get('/api/villages');
  const { total, counts } = pageSchema.parse(first.body);
  report.equal('registry: villages', total, settlements.length);
  report.equal('registry: villages with a rhythm', counts['heard'] ?? 0, settlements.length);
  const random = makeSeededRandom(70);
  await proveCalls(report, 'a page', () => {
    const from = random.integer(1, Math.max(1, settlements.length - perPage));
    return server.watch.get(`/api/villages?from=${from}&limit=${perPage}&reach=phone`);
  });
  const named = settlements.filter(({ name }) => /^[\p{Script=Latin} '’-]{4,40}$/u.test(name));
  await proveCalls(report, 'a search', () => {
    const query = new URLSearchParams({ q: random.pick(named).name });
    return server.watch.get(`/api/villages?${query}`);
  });
  const contact = JSON.stringify({ how: 'call', result: 'all-well' });
  await proveCalls(report, 'a contact', () =>
    server.watch.post(`/api/villages/${encodeURIComponent(random.pick(settlements).id)}/contacts`, contact),
  );
  proveSilence(report, settlements);
}

async function proveCalls(report: Report, what: string, call: () => Promise<ApiAnswer>): Promise<void> {
  const tookMs: number[] = [];
  let refused = 0;
  for (let count = 0; count < asked; count += 1) {
    const answer = await call();
    if (answer.status >= 300) refused += 1;
    tookMs.push(answer.tookMs);
  }
  tookMs.sort((a, b) => a - b);
  const at = (share: number): string => (tookMs[Math.floor(share * (asked - 1))] ?? NaN).toFixed(1);
  report.equal(`registry: ${what}, refused`, refused, 0);
  report.figure(`registry: ${what}, p50 and p95 (wanted: 100 ms)`, `${at(0.5)} ms, ${at(0.95)} ms`);
}

/** The watch over silence a day and an hour later: who was heard of meanwhile is not silent, everybody else is. */
function proveSilence(report: Report, settlements: readonly Place[]): void {
  const picture = newPicture();
  const atMs = Date.parse('2026-11-22T00:00:00Z');
  const places = settlements.map((place) => ({ ...place, contactEveryH: 24 }));
  foldPlaces(picture, { kind: 'places.imported', places }, { seq: 1, atMs });
  const heard = [...picture.villages.values()].filter((_village, index) => index % 10 > 0);
  for (const village of heard) {
    const contact = { id: 'c', atMs: atMs + 12 * hourMs, how: 'call' as const };
    picture.villages.set(village.id, { ...village, contacts: [contact] });
  }
  const watch: Principal = { id: 'proof', role: 'watch', name: 'Proof', units: [], sectors: [] };
  const begunMs = performance.now();
  const silent = silentVillages(watch, { mission: defaultMission(), picture, atMs: atMs + 25 * hourMs });
  report.figure(
    `silence of ${settlements.length} villages`,
    `${(performance.now() - begunMs).toFixed(0)} ms`,
  );
  report.equal('silent villages', silent.length, settlements.length - heard.length);
}
