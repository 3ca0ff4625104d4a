import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { inTimeOrder, surveyTrack } from '../../../server/cli/play/in-time-order.ts';
import { readGpx } from '../../../server/cli/play/read-gpx.ts';
import { openTrackFile } from '../../../server/cli/play/read-track.ts';
import type { TrackFix, Unreadable } from '../../../server/cli/play/track-fix.ts';

function fileOf(name: string, content: string | Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'nightflash-play-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function read(path: string): Promise<{ fixes: TrackFix[]; unreadable: Unreadable[] }> {
  const unreadable: Unreadable[] = [];
  const fixes: TrackFix[] = [];
  for await (const fix of (await openTrackFile(path)).fixes((row) => unreadable.push(row))) fixes.push(fix);
  return { fixes, unreadable };
}

async function collect(fixes: AsyncIterable<TrackFix>): Promise<TrackFix[]> {
  const all: TrackFix[] = [];
  for await (const fix of fixes) all.push(fix);
  return all;
}

const csv =
  'unit,mission,type,t,lat,lon,kmh,hdg\r\nu1,M,patrol,0,1.5,30.25,36,90\r\n\r\nu2,M,foot,10,-2,31,,360\r\n';
const gpx11 = `<?xml version="1.0"?>
<!-- a comment with <trkpt lat="9" lon="9"><time>2026-01-01T00:00:00Z</time></trkpt> in it -->
<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">
<metadata><name>not a track</name></metadata>
<wpt lat="1" lon="1"><name>nor this</name></wpt>
<trk><name>Recce &amp; back</name><trkseg>
<trkpt lat="1.25" lon="30.5"><ele>900.5</ele><time>2026-01-01T00:00:00Z</time>
 <extensions><gpxtpx:TrackPointExtension xmlns:gpxtpx="x"><gpxtpx:speed>5.5</gpxtpx:speed><gpxtpx:course>45</gpxtpx:course></gpxtpx:TrackPointExtension></extensions></trkpt>
<trkpt lon='30.6' lat='1.26'><time>2026-01-01T00:00:10Z</time><name>a point</name></trkpt>
<trkpt lat="1.27" lon="30.7"/>
</trkseg></trk>
<trk><trkseg><trkpt lat="2" lon="31"><time>2026-01-01T00:00:05Z</time></trkpt></trkseg></trk>
</gpx>`;

describe('reading recordings', () => {
  it('reads CSV with more columns, blank lines and CRLF; km/h become m/s', async () => {
    const { fixes, unreadable } = await read(fileOf('a.csv', `\uFEFF${csv}`));
    expect(fixes).toEqual([
      { unit: 'u1', atMs: 0, lat: 1.5, lon: 30.25, speedMps: 10, courseDeg: 90 },
      { unit: 'u2', atMs: 10_000, lat: -2, lon: 31, courseDeg: 0 },
    ]);
    expect(unreadable).toEqual([]);
  });

  it('takes `track` for `unit`, and a packed file whatever its name', async () => {
    const { fixes } = await read(
      fileOf('b.data', gzipSync('track,t,lat,lon,kmh,hdg\ngt1,5,-10.9,-37,0.0,0\n')),
    );
    expect(fixes).toEqual([{ unit: 'gt1', atMs: 5_000, lat: -10.9, lon: -37, speedMps: 0, courseDeg: 0 }]);
  });

  it('passes over rows that hold no fix, and says which and why', async () => {
    const { fixes, unreadable } = await read(
      fileOf('c.csv', 'unit,t,lat,lon\nu1,0,91,3\n,0,1,3\nu1,x,1,3\nu1,0,1\nu1,4,1,3\n'),
    );
    expect(fixes).toHaveLength(1);
    expect(unreadable.map(({ where }) => where)).toEqual(['row 2', 'row 3', 'row 4', 'row 5']);
    expect(unreadable[0]?.why).toContain('latitude');
  });

  it('says what is missing from a header', async () => {
    await expect(read(fileOf('d.csv', 'unit,lat,lon\nu1,1,2\n'))).rejects.toThrow(
      /no column t; expected unit,t,lat,lon/,
    );
  });

  it('reads NDJSON as the positions call takes it', async () => {
    const line =
      '{"unit":"u1","time":"2026-01-01T00:00:01+01:00","lon":30,"lat":1,"courseDeg":10,"id":"x","batteryPct":null}';
    const { fixes, unreadable } = await read(fileOf('e.ndjson', `${line}\n[1]\n\n{"unit":"u1"}\n`));
    expect(fixes).toEqual([
      { unit: 'u1', atMs: Date.parse('2025-12-31T23:00:01Z'), lon: 30, lat: 1, courseDeg: 10 },
    ]);
    expect(unreadable).toHaveLength(2);
  });

  it('reads GPX: tracks by name, speed and course where a device wrote them, comments and waypoints passed over', async () => {
    const { fixes, unreadable } = await read(fileOf('hike.gpx', gpx11));
    const startMs = Date.parse('2026-01-01T00:00:00Z');
    expect(fixes).toEqual([
      {
        unit: 'Recce & back',
        atMs: startMs,
        lat: 1.25,
        lon: 30.5,
        altitudeM: 900.5,
        speedMps: 5.5,
        courseDeg: 45,
      },
      { unit: 'Recce & back', atMs: startMs + 10_000, lat: 1.26, lon: 30.6 },
      { unit: 'hike 2', atMs: startMs + 5_000, lat: 2, lon: 31 },
    ]);
    expect(unreadable).toEqual([{ where: 'point 3', why: 'it has no time' }]);
  });

  it('reads GPX 1.0 and the same out of pieces of any size', async () => {
    const gpx10 = gpx11
      .replace('version="1.1"', 'version="1.0"')
      .replace('<ele>', '<course>12</course><speed>2</speed><ele>');
    const whole = await collect(
      readGpx(bytesIn(gpx10, 1e9), { name: 'hike', onUnreadable: () => undefined }),
    );
    expect(whole[0]).toMatchObject({ courseDeg: 12, speedMps: 2 });
    for (const size of [1, 7, 64]) {
      expect(
        await collect(readGpx(bytesIn(gpx10, size), { name: 'hike', onUnreadable: () => undefined })),
      ).toEqual(whole);
    }
  });

  it('says in one line what it cannot read', async () => {
    await expect(openTrackFile('/nonexistent/x.csv')).rejects.toThrow(
      'cannot be read (there is no such file)',
    );
    await expect(openTrackFile(tmpdir())).rejects.toThrow('cannot be read');
    await expect(openTrackFile(fileOf('x.bin', 'nothing of the kind'))).rejects.toThrow(
      'neither CSV nor GPX nor NDJSON',
    );
    const cut = gzipSync(csv.repeat(2_000)).subarray(0, 60);
    await expect(read(fileOf('cut.csv.gz', cut))).rejects.toThrow('gzip packing is damaged');
  });
});

async function* bytesIn(text: string, size: number): AsyncIterable<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe('the order of times', () => {
  it('streams what is nearly sorted, in order', async () => {
    const rows = Array.from({ length: 900 }, (_, index) => `u${index % 5},${index + (index % 7) * 6},1,2`);
    const file = await openTrackFile(fileOf('near.csv', `unit,t,lat,lon\n${rows.join('\n')}\n`));
    const survey = await surveyTrack(file);
    expect(survey).toMatchObject({ fixes: 900, units: 5, firstMs: 0, isNearlySorted: true });
    const times = (await collect(inTimeOrder(file, survey))).map(({ atMs }) => atMs);
    expect(times).toHaveLength(900);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('sorts one track after another into tracks side by side', async () => {
    const rows = ['a', 'b'].flatMap((unit) =>
      Array.from({ length: 50 }, (_, index) => `${unit},${index * 10},1,2`),
    );
    const file = await openTrackFile(fileOf('tracks.csv', `track,t,lat,lon\n${rows.join('\n')}\n`));
    const survey = await surveyTrack(file);
    expect(survey.isNearlySorted).toBe(false);
    const units = (await collect(inTimeOrder(file, survey))).map(({ unit }) => unit).slice(0, 4);
    expect(units.sort()).toEqual(['a', 'a', 'b', 'b']);
  });
});
