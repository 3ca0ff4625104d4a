import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { audienceOf } from '../../../server/audience/audience.ts';
import { pictureView } from '../../../server/audience/picture-view.ts';
import { missionOf } from '../../../server/mission/mission.ts';
import type { LivePicture } from '../../../server/picture/live-picture.ts';
import { createSearch } from '../../../server/search/search.ts';
import { missionSchema } from '../../../shared/model/mission.ts';
import { roles, type Principal, type Role } from '../../../shared/role.ts';
import { fix, Folding } from '../../support/entries.ts';
import { foldRandom, randomPicture, sectors } from '../../support/random-picture.ts';
import { testServer } from '../../support/test-server.ts';

const mission = missionOf(missionSchema.parse({ sectors }));
const own: Partial<Record<Role, Partial<Principal>>> = {
  sector: { sectors: ['S1'] },
  liaison: { sectors: ['S1'] },
  patrol: { units: ['unit0'] },
  feed: { id: 'feed-1', units: ['unit1'] },
};
const seeNoPlaces: readonly Role[] = ['feed', 'dpo', 'auditor', 'adviser'];

describe.each(roles)('what %s finds', (role) => {
  const principal = { id: `p-${role}`, role, name: role, units: [], sectors: [], ...own[role] };

  it('is what it sees in the picture, and a callsign it may not read finds nothing', async () => {
    await fc.assert(
      fc.asyncProperty(randomPicture, async (random) => {
        const folding = foldRandom(random);
        const place = { id: 'v1', kind: 'village', name: 'Mabiri', lon: 1, lat: 1 } as const;
        folding.event({ kind: 'places.imported', places: [place] });
        const atMs = folding.atMs + 7_200_000;
        const livePicture = { picture: folding.picture, onNews: () => undefined } as unknown as LivePicture; // all it asks of one
        const search = createSearch({ livePicture, mission, nowMs: () => atMs });
        const seen = pictureView(audienceOf(principal), { mission, picture: folding.picture, atMs }, 'e.1');
        const byId = await search.search(principal, { typed: 'unit', limit: 50 });
        const byCallsign = await search.search(principal, { typed: 'call unit', limit: 50 });
        const byPlace = await search.search(principal, { typed: 'mabirri', limit: 50 });
        const inOrder = seen.units.toSorted((a, b) => (a.id < b.id ? -1 : 1));
        expect(byId.units).toEqual(inOrder);
        expect(byCallsign.units).toEqual(inOrder.filter(({ callsign }) => callsign !== undefined));
        expect(byPlace.places.map(({ id }) => id)).toEqual(seeNoPlaces.includes(role) ? [] : ['v1']);
      }),
      { numRuns: 20 },
    );
  });
});

describe('callsigns that are not for the asker', () => {
  const name = fc.constantFrom('LIMA', 'LIMA 1', 'Tango Lima', 'Tango');
  const unit = fc.record({ lon: fc.constantFrom(5, 15), ownName: name, otherName: name });
  const found = async (units: ReadonlyArray<{ lon: number; callsign: string }>, limit: number) => {
    const folding = new Folding();
    units.forEach(({ lon, callsign }, at) => {
      const id = `lima${at}`;
      folding.event({
        kind: 'unit.registered',
        unitId: id,
        unit: { callsign, kind: 'patrol', capabilities: [] },
      });
      folding.fixes([fix(id, folding.atMs, { lon, lat: 0 })]);
    });
    const livePicture = { picture: folding.picture, onNews: () => undefined } as unknown as LivePicture; // all it asks of one
    const search = createSearch({ livePicture, mission, nowMs: () => folding.atMs });
    const principal = { id: 'p', role: 'sector', name: 'p', units: [], sectors: ['S1'] } as const;
    return (await search.search(principal, { typed: 'lima', limit })).units;
  };

  it('change neither which units are found, nor how many, nor their order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(unit, { minLength: 2, maxLength: 6 }),
        fc.integer({ min: 1, max: 6 }),
        async (units, limit) => {
          const now = units.map(({ lon, ownName }) => ({ lon, callsign: ownName }));
          // Of another sector he sees where a unit is, not what it is called.
          const renamed = units.map(({ lon, ownName, otherName }) => ({
            lon,
            callsign: lon === 15 ? otherName : ownName,
          }));
          expect(await found(renamed, limit)).toEqual(await found(now, limit));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('leave the best of what he may read, however many would come before by their hidden names', async () => {
    const hidden = Array.from({ length: 2_100 }, () => ({ lon: 15, callsign: 'LIMA' }));
    const units = await found([...hidden, { lon: 5, callsign: 'Lima' }], 1);
    expect(units.map(({ id }) => id)).toEqual(['lima2100']);
  });
});

describe('GET /api/search', () => {
  it('answers places of an import by any spelling, and refuses what it does not understand', async () => {
    const server = await testServer();
    const token = await server.token('watch');
    const csv = 'id,kind,name,lon,lat,alt\nk,village,Kisangani,25.2,0.5,Stanleyville|Boyoma\n';
    await server.call('POST', '/api/places/import', {
      token,
      body: csv,
      headers: { 'content-type': 'text/csv' },
    });
    const search = (query: string) => server.call('GET', `/api/search?${query}`, { token });
    const kisangani = { id: 'k', kind: 'village', name: 'Kisangani', lon: 25.2, lat: 0.5 };
    expect((await search('q=KISSANGANI&near=25,0')).body).toEqual({
      places: [{ ...kisangani, match: 'variant' }],
      units: [],
    });
    expect((await search('q=boyoma')).body).toEqual({
      places: [{ ...kisangani, match: 'exact', spelling: 'Boyoma' }],
      units: [],
    });
    const wrong = [
      '',
      'q=a&q=b',
      `q=${'a'.repeat(121)}`,
      'q=a&limit=0',
      'q=a&limit=1e1',
      'q=a&near=1',
      'q=a&near=181,0',
    ];
    const answers = await Promise.all(wrong.map(async (query) => (await search(query)).body));
    const told = answers.map((body) => (body as { error: { code: string; field: string } }).error);
    expect(told.map(({ code, field }) => `${field}: ${code}`)).toEqual([
      'q: field-missing',
      'q: field-invalid',
      'q: field-invalid',
      'limit: field-out-of-range',
      'limit: field-out-of-range',
      'near: field-invalid',
      'near: field-invalid',
    ]);
    expect((await server.call('GET', '/api/search?q=a')).status).toBe(401);
  });
});
