import { pictureText, readPicture } from './picture.ts';
import type { ProvenServer } from './proven-server.ts';
import { proveTracks } from './prove-replay.ts';
import type { Replay } from './replay.ts';
import type { Report } from './report.ts';

/** Ends the server as a power cut would, starts it again, and compares the pictures; then once more in good order. */
export async function proveRestart(
  report: Report,
  running: ProvenServer,
  start: () => Promise<ProvenServer>,
  tracks: Replay['tracks'],
): Promise<ProvenServer> {
  const before = pictureText((await readPicture(running)).picture);
  report.figure('memory after it all', `${await running.memoryMb()} MB`);
  await running.kill();
  const killed = await start();
  const afterKill = await readPicture(killed);
  report.check(
    'the picture after kill -9 is the same',
    pictureText(afterKill.picture) === before,
    sizeOf(before),
  );
  report.figure('start after kill -9', `${killed.startedInMs.toFixed(0)} ms`);
  await proveTracks(report.about('after kill -9'), killed, tracks);
  await killed.stop();
  const stopped = await start();
  const afterStop = await readPicture(stopped);
  report.check(
    'the picture after a stop is the same',
    pictureText(afterStop.picture) === before,
    sizeOf(before),
  );
  report.figure('start after a stop', `${stopped.startedInMs.toFixed(0)} ms`);
  report.figure('memory after a start', `${await stopped.memoryMb()} MB`);
  return stopped;
}

function sizeOf(text: string): string {
  return `${(text.length / 1e6).toFixed(1)} MB compared`;
}
