import { join } from 'node:path';
import { inTimeOrder } from '../in-time-order.ts';
import { noisyHalfHour, noisyTracks } from '../noisy-tracks.ts';
import type { Row } from '../table.ts';
import { encodedBytes, type EncodedBytes } from './encoded-bytes.ts';
import type { Section } from './section.ts';

const replayFile = 'replay_300units_1h.csv.gz';

export const bytesSection: Section = {
  name: 'bytes',
  title: 'bytes on the wire, before TLS; the same on every machine',
  goal: 'at most 5 a delivered fix on replay tracks, at most 12 a fix of a phone',
  async run({ tracksDir }) {
    const rows: Row[] = [];
    if (tracksDir !== undefined) {
      rows.push(
        row('replay, 300 units, every 10 s', encodedBytes(await inTimeOrder(join(tracksDir, replayFile)))),
      );
    }
    for (const everyS of [1, 10, 30]) {
      const plan = { ...noisyHalfHour, everyS: [everyS] };
      rows.push(row(`noisy, 300 units, every ${everyS} s`, encodedBytes(noisyTracks(plan))));
    }
    rows.push(row('noisy, 300 units, mixed', encodedBytes(noisyTracks(noisyHalfHour))));
    return rows;
  },
};

function row(tracks: string, bytes: EncodedBytes): Row {
  return {
    tracks,
    fixes: bytes.fixes,
    'to a viewer': bytes.perFix.toFixed(2),
    'without speed and course': bytes.perFixWithoutMotion.toFixed(2),
    'from a phone, 30 a batch': bytes.perUplinkFix.toFixed(2),
    'keyframe, a unit': bytes.perKeyframeUnit.toFixed(1),
  };
}
