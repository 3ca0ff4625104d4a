import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildBasemaps } from '../basemap/build-basemaps.ts';

export { buildBasemaps } from '../basemap/build-basemaps.ts';

/**
 * `node --import tsx server/cli/build-basemap.ts --out=DIR`: the map packs that ship, from npm packages and the
 * seed of the exercise island. Imported by the build, it only passes the function on.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { out: { type: 'string' } } });
  if (values.out === undefined) {
    console.error('build-basemap: --out=DIR is missing; expected the folder the map packs go to');
    process.exitCode = 1;
    return;
  }
  const startedMs = performance.now();
  const { written, world, exercise } = await buildBasemaps(values.out);
  for (const file of [world, exercise]) {
    const kilobytes = Math.round(statSync(file).size / 1000);
    console.log(`${file} ${kilobytes} kB ${written.includes(file) ? 'written' : 'fresh'}`);
  }
  console.log(`map packs ready in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
