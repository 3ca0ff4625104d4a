import { z } from 'zod';
import type { PositionIn } from '../../../shared/model/position.ts';
import { readPicture } from './picture.ts';
import type { ProvenServer } from './proven-server.ts';
import { send, type Replay } from './replay.ts';
import type { Report } from './report.ts';

const lineSchema = z.object({ geometry: z.object({ coordinates: z.array(z.array(z.number())) }) });
/** The record keeps degrees to 1e-7; half of the last place may be rounded away. */
const exactDegrees = 1e-7;

/** Sends the recording twice and compares picture and tracks with the file, fix by fix. */
export async function proveReplay(report: Report, server: ProvenServer, replay: Replay): Promise<void> {
  const { positions, tracks, duplicates, conflicts } = replay;
  const first = await send(server, positions);
  const perS = Math.round(positions.length / (first.lastedMs / 1_000));
  report.figure('fixes per second over HTTP', String(perS));
  report.figure(
    'POST of 5,000 fixes, p50 / p99',
    `${first.summary.tookMs(0.5).toFixed(0)} / ${first.summary.tookMs(0.99).toFixed(0)} ms`,
  );
  report.equal('fixes accepted', first.summary.accepted, positions.length - duplicates - conflicts);
  report.equal('duplicates found', first.summary.duplicates, duplicates);
  report.equal('conflicts found', first.summary.rejectedByCode.get('conflict') ?? 0, conflicts);
  await proveUnits(report, server, tracks);
  await proveTracks(report, server, tracks);
  const second = await send(server, positions);
  report.equal('the same again: accepted', second.summary.accepted, 0);
  report.equal('the same again: duplicates', second.summary.duplicates, positions.length - conflicts);
}

async function proveUnits(report: Report, server: ProvenServer, tracks: Replay['tracks']): Promise<void> {
  const { picture, bytes, tookMs } = await readPicture(server);
  report.figure(
    `picture of ${picture.units.length} units`,
    `${(bytes / 1e3).toFixed(0)} kB in ${tookMs.toFixed(0)} ms`,
  );
  const units = new Map(picture.units.map((unit) => [unit.id, unit]));
  report.equal('units in the picture', [...tracks.keys()].filter((id) => units.has(id)).length, tracks.size);
  const wrong = [...tracks].filter(([id, track]) => {
    const [unit, last] = [units.get(id), track.at(-1)];
    return (
      !unit || !last || !isAt([unit.lon, unit.lat], last) || Date.parse(unit.time) !== Date.parse(last.time)
    );
  });
  report.equal('units that are not exactly at their last fix', wrong.length, 0);
}

/** Reads each unit's track back and compares it with the file, point by point. */
export async function proveTracks(
  report: Report,
  { watch }: ProvenServer,
  tracks: Replay['tracks'],
): Promise<void> {
  const begunMs = performance.now();
  let [points, wrong] = [0, 0];
  for (const [id, track] of tracks) {
    const { body } = await watch.get(`/api/units/${encodeURIComponent(id)}/track`);
    const line = lineOf(body);
    points += line.length;
    const isSame = line.length === track.length && track.every((fix, index) => isAt(line[index] ?? [], fix));
    if (!isSame) wrong += 1;
  }
  report.figure('a track, mean', `${((performance.now() - begunMs) / tracks.size).toFixed(1)} ms`);
  report.equal(
    'points of all tracks',
    points,
    [...tracks.values()].reduce((sum, track) => sum + track.length, 0),
  );
  report.equal('tracks that are not the file’s, point by point', wrong, 0);
}

function lineOf(body: unknown): number[][] {
  return lineSchema.parse(body).geometry.coordinates;
}

function isAt([lon = NaN, lat = NaN]: readonly number[], fix: PositionIn): boolean {
  return Math.abs(lon - fix.lon) <= exactDegrees && Math.abs(lat - fix.lat) <= exactDegrees;
}
