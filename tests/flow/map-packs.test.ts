import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
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

  it('at another server comes as bytes and nothing else, and its refusals stay there', async () => {
    const other = createServer((request, response) => {
      const isThere = request.url === '/pack.pmtiles';
      response.writeHead(isThere ? 200 : 403, {
        'content-type': 'text/html',
        'set-cookie': 'nightflash_session=x',
        'content-length': 6,
      });
      response.end('<html>');
    });
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    onTestFinished(() => void other.close());
    const origin = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    const server = await testServer({ env: { BASEMAP: `${origin}/pack.pmtiles,${origin}/closed.pmtiles` } });
    const pack = await fetch(`${server.url}/tiles/mission.pmtiles`);
    expect([pack.status, await pack.text()]).toEqual([200, '<html>']);
    expect(pack.headers.get('content-type')).toBe('application/octet-stream');
    expect(pack.headers.get('set-cookie')).toBeNull();
    const closed = await server.call('GET', '/tiles/mission-2.pmtiles');
    expect(closed).toMatchObject({ status: 404, body: { error: { code: 'not-found' } } });
  });

  it('names itself and the one pack that is not there', () => {
    const [file] = twoFiles();
    const env = { BASEMAP: `${file},https://maps.example.org/a.pmtiles,/nowhere.pmtiles` };
    expect(() => readConfig(env, 'live')).toThrow(/^BASEMAP: "\/nowhere\.pmtiles" is not/);
    expect(readConfig({}, 'live').basemaps).toEqual([]);
  });
});
