import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';

/** What the proof reads; the names are those of the folder that was gathered for this product. */
export const dataFiles = {
  replay: 'replay_300units_1h.csv.gz',
  gotrack: 'tracks_gotrack.csv',
  mapmatching: 'tracks_mapmatching.csv',
  settlements: 'settlements.csv',
  bases: 'un_bases_geopko.csv',
  health: 'health_facilities.csv',
  sectors: 'ocha_caf_adm1.geojson',
  roads: 'roads.geojson',
  towns: 'road_graph.json',
} as const;
export type DataFile = keyof typeof dataFiles;

/** Paths of the data in a folder. Throws an Error of one line for a folder or file that is not there. */
export function findData(given: string): Readonly<Record<DataFile, string>> {
  const folder = resolve(given);
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new Error(`--data: there is no folder ${folder}`);
  const missing = Object.values(dataFiles).filter((name) => !existsSync(join(folder, name)));
  if (missing.length > 0) throw new Error(`--data: ${folder} has no ${missing.join(', ')}`);
  const paths = Object.entries(dataFiles).map(([file, name]) => [file, join(folder, name)]);
  return Object.fromEntries(paths) as Record<DataFile, string>; // its keys are those of dataFiles
}

export type Row = Readonly<Record<string, string>>;

export async function readRows(path: string): Promise<Row[]> {
  return parse(await readFile(path, 'utf8'), { columns: true, bom: true, skip_empty_lines: true });
}
