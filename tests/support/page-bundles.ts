import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { projectDir } from './source-files.ts';

const builtDir = join(projectDir, '.build/client');

/** What a built page makes a browser load before it shows: the entry, the page's chunk, and all they import. */
export interface PageBundle {
  readonly files: readonly string[];
  readonly gzipBytes: number;
  /** Whether MapLibre or deck.gl is in any of the files. */
  readonly hasMap: boolean;
}

/** The scripts and styles of a page (`SignIn`, `Console`, …). Throws with the command to run where nothing is built. */
export function pageBundle(page: string): PageBundle {
  if (!existsSync(join(builtDir, 'index.html')))
    throw new Error('there is no .build/client: run `npm run build`');
  const entry = /src="\/(assets\/index-[^"]+\.js)"/.exec(readBuilt('index.html'))?.[1];
  const chunk = entry && new RegExp(`assets/${page}-[\\w-]{8}\\.js`).exec(readBuilt(entry))?.[0];
  if (entry === undefined || chunk === undefined)
    throw new Error(`no chunk of ${page}: run \`npm run build\``);
  const files = new Set<string>();
  take(entry, files);
  take(chunk, files);
  for (const file of preloadedWith(entry, page)) files.add(file);
  return {
    files: [...files],
    gzipBytes: [...files].reduce((sum, file) => sum + gzipSync(readBuilt(file)).length, 0),
    hasMap: [...files].some((file) => /maplibregl|deck\.gl|Deck\b.*luma/.test(readBuilt(file))),
  };
}

/** A file and all that it imports statically. */
function take(file: string, into: Set<string>): void {
  if (into.has(file)) return;
  into.add(file);
  if (!file.endsWith('.js')) return;
  for (const [, name] of readBuilt(file).matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)) {
    if (name !== undefined) take(`assets/${name}`, into);
  }
}

/** What the entry loads beside the page's chunk: the list that the builder keeps for its dynamic import. */
function preloadedWith(entry: string, page: string): string[] {
  const text = readBuilt(entry);
  const list = /\[((?:"assets\/[^"]+",?)+)\]/.exec(text)?.[1];
  const all = list?.split(',').map((name) => name.slice(1, -1)) ?? [];
  const places = new RegExp(`import\\([\`"']\\./${page}-[^)]*\\)[^[]*\\[([\\d,]+)\\]`).exec(text)?.[1] ?? '';
  return places.split(',').flatMap((place) => (place === '' ? [] : (all[Number(place)] ?? [])));
}

function readBuilt(file: string): string {
  return readFileSync(join(builtDir, file), 'utf8');
}
