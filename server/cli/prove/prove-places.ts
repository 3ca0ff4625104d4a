import { z } from 'zod';
import type { Place } from '../../../shared/model/place.ts';
import { readRows, type DataFile, type Row } from './data-files.ts';
import { readPicture } from './picture.ts';
import { proveReading } from './prove-reading.ts';
import { proveSearch } from './prove-search.ts';
import { proveVillages } from './prove-villages.ts';
import type { ProvenServer } from './proven-server.ts';
import type { Report } from './report.ts';

const answerSchema = z.object({ accepted: z.number(), rejected: z.array(z.object({ code: z.string() })) });

/** Imports villages, bases and hospitals as a mission would, and looks each of them up again. */
export async function provePlaces(
  report: Report,
  server: ProvenServer,
  paths: Readonly<Record<DataFile, string>>,
): Promise<void> {
  const sources = [
    { what: 'settlements', places: (await readRows(paths.settlements)).map(villageOf) },
    { what: 'bases of the latest year', places: basesOf(await readRows(paths.bases)) },
    { what: 'health facilities', places: (await readRows(paths.health)).map(hospitalOf) },
  ];
  for (const { what, places } of sources) {
    const distinct = new Map(places.toReversed().map((place) => [place.id, place]));
    const { status, body, tookMs } = await server.watch.post('/api/places/import', csvOf(places), 'text/csv');
    if (!report.equal(`${what}: the import answers`, status, 200)) continue;
    const { accepted, rejected } = answerSchema.parse(body);
    report.figure(`import of ${places.length} ${what}`, `${tookMs.toFixed(0)} ms`);
    report.equal(`${what}: imported`, accepted, distinct.size);
    report.equal(
      `${what}: refused, as their id is there twice`,
      rejected.filter(({ code }) => code === 'conflict').length,
      places.length - distinct.size,
    );
    await proveKept(report, server, { what, places: [...distinct.values()] });
    if (what !== 'settlements') continue;
    await proveSearch(report, server, [...distinct.values()]);
    await proveReading(report, [...distinct.values()]);
    await proveVillages(report, server, [...distinct.values()]);
  }
}

async function proveKept(
  report: Report,
  server: ProvenServer,
  { what, places }: { what: string; places: readonly Place[] },
): Promise<void> {
  const { picture, bytes, tookMs } = await readPicture(server);
  const kept = new Map(picture.places.map((place) => [place.id, place]));
  const wrong = places.filter((place) => {
    const found = kept.get(place.id);
    return !found || found.name !== place.name || found.lon !== place.lon || found.lat !== place.lat;
  });
  report.equal(`${what}: not in the picture as they are in the file`, wrong.length, 0);
  report.figure(
    `picture with ${picture.places.length} places`,
    `${(bytes / 1e6).toFixed(1)} MB in ${tookMs.toFixed(0)} ms`,
  );
}

function villageOf({ id = '', name = '', alt = '', lon, lat, pop }: Row): Place {
  const population = pop === undefined || pop === '' ? undefined : Number(pop);
  return {
    id: `wof-${id}`,
    kind: 'village',
    name: tidied(name),
    lon: Number(lon),
    lat: Number(lat),
    population,
    names: alt === '' ? undefined : alt.split('|'),
  };
}

function hospitalOf({ osm_id = '', name = '', amenity = '', lon, lat }: Row): Place {
  return {
    id: `osm-${osm_id}`,
    kind: 'hospital',
    name: tidied(name) || amenity || 'health post',
    lon: Number(lon),
    lat: Number(lat),
  };
}

/** One base for each place of deployment of the latest year in the file. */
function basesOf(rows: readonly Row[]): Place[] {
  const latest = rows.reduce((year, row) => Math.max(year, Number(row['year'])), 0);
  const bases = rows
    .filter(({ year }) => Number(year) === latest)
    .map(({ mission = '', location = '', lon, lat }): Place => {
      const id = `${mission}-${location}`
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .slice(0, 64);
      return { id, kind: 'base', name: tidied(location), lon: Number(lon), lat: Number(lat) };
    });
  return [...new Map(bases.map((base) => [base.id, base])).values()];
}

/** As the import keeps a name: without spaces at its ends. */
function tidied(name: string): string {
  return name.trim();
}

function csvOf(places: readonly Place[]): string {
  const rows = places.map(({ id, kind, name, lon, lat, population, names }) =>
    [id, kind, quoted(name), lon, lat, population ?? '', quoted(names?.join('|') ?? '')].join(','),
  );
  return `id,kind,name,lon,lat,population,names\n${rows.join('\n')}\n`;
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
