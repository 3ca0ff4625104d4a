import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { testServer } from '../support/test-server.ts';

/** Two small files that stand for packs. */
function twoFiles(): [string, string] {
  const folder = mkdtempSync(join(tmpdir(), 'nightflash-packs-'));
  const files: [string, string] = [join(folder, 'country.pmtiles'), join(folder, 'town.pmtiles')];
  files.forEach((file, index) => writeFileSync(file, `pack ${index}`));
  return files;
}

describe('BASEMAP', () => {
  it('with several packs hands out each, in the order given', async () => {
    const server = await testServer({ env: { BASEMAP: twoFiles().join(' , ') } });
    const { body } = await server.call('POST', '/api/session', {
      body: { token: await server.token('watch') },
    });
    const { packs } = body as { packs: string[] };
    expect(packs).toEqual(['/tiles/mission.pmtiles', '/tiles/mission-2.pmtiles']);
    const headers = { range: 'bytes=5-5' };
    const parts = await Promise.all(packs.map((pack) => fetch(`${server.url}${pack}`, { headers })));
    expect(parts.map(({ status }) => status)).toEqual([206, 206]);
    expect(await Promise.all(parts.map((part) => part.text()))).toEqual(['0', '1']);
  });

  it('names itself and the one pack that is not there', () => {
    const [file] = twoFiles();
    const env = { BASEMAP: `${file},https://maps.example.org/a.pmtiles,/nowhere.pmtiles` };
    expect(() => readConfig(env, 'live')).toThrow(/^BASEMAP: "\/nowhere\.pmtiles" is not/);
    expect(readConfig({}, 'live').basemaps).toEqual([]);
  });
});
