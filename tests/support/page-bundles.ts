import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { projectDir } from './source-files.ts';

const builtDir = join(projectDir, '.build/client');

/** What a built page makes a browser load before it shows: the entry, one language, the page's chunk, and all they import. */
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
  const chunk = chunkOf(page);
  if (entry === undefined || chunk === undefined)
    throw new Error(`no chunk of ${page}: run \`npm run build\``);
  const files = new Set<string>();
  take(entry, files);
  take(chunk, files);
  const language = chunkOf('en');
  if (language !== undefined) take(language, files);
  for (const file of preloadedWith(entry, page)) files.add(file);
  return bundleOf([...files]);
}

/** What a chunk that comes later adds to a page: it and all that it imports statically, without what stands already. */
export function laterBundle(name: string, page: string): PageBundle {
  const chunk = chunkOf(name);
  if (chunk === undefined) throw new Error(`no chunk of ${name}: run \`npm run build\``);
  const there = new Set(pageBundle(page).files);
  const files = new Set<string>();
  take(chunk, files);
  return bundleOf([...files].filter((file) => !there.has(file)));
}

function chunkOf(name: string): string | undefined {
  const file = readdirSync(join(builtDir, 'assets')).find((one) =>
    new RegExp(`^${name}-[\\w-]{8}\\.js$`).test(one),
  );
  return file && `assets/${file}`;
}

function bundleOf(files: readonly string[]): PageBundle {
  return {
    files,
    gzipBytes: files.reduce((sum, file) => sum + gzipSync(readBuilt(file)).length, 0),
    hasMap: files.some((file) => /maplibregl|deck\.gl|Deck\b.*luma/.test(readBuilt(file))),
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
