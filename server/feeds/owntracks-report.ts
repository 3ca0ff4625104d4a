import type { PositionCandidate } from '../ingest/positions.ts';
import { besideOf, candidateOf, coordinateOf, deviceOf, isObject, textOf, timeOf } from './phone-values.ts';

/** Who sends, as far as it is not in the message. */
export interface OwntracksSender {
  /** The one unit that the token is bound to. */
  readonly unit?: string | undefined;
  /** User of HTTP basic. */
  readonly user?: string | undefined;
  /** `X-Limit-U` and `X-Limit-D`: user and device as set in the app. */
  readonly limitUser?: string | undefined;
  readonly limitDevice?: string | undefined;
}

export interface OwntracksReport {
  readonly candidates: readonly PositionCandidate[];
  /** For each message that is no location, what it is instead. */
  readonly passedOver: ReadonlyArray<'encrypted' | 'not-a-location' | 'bad-body'>;
}

const mpsPerKmh = 1 / 3.6;

/**
 * Reads what OwnTracks posts in HTTP mode (owntracks.org/booklet, "HTTP" and "JSON"): a message or an array
 * of them, of which `_type: "location"` is a position. `vel` is km/h; the apps say -1 for a speed or course
 * they do not know.
 */
export function parseOwntracks(body: unknown, sender: OwntracksSender, nowMs: number): OwntracksReport {
  const candidates: PositionCandidate[] = [];
  const passedOver: OwntracksReport['passedOver'][number][] = [];
  for (const message of Array.isArray(body) ? body : [body]) {
    if (!isObject(message)) passedOver.push('bad-body');
    else if (message['_type'] === 'location') candidates.push(location(message, sender, nowMs));
    else passedOver.push(message['_type'] === 'encrypted' ? 'encrypted' : 'not-a-location');
  }
  return { candidates, passedOver };
}

function location(
  message: Readonly<Record<string, unknown>>,
  sender: OwntracksSender,
  nowMs: number,
): PositionCandidate {
  const [, topicUser, topicDevice] = textOf(message['topic'])?.split('/') ?? [];
  const device = sender.limitDevice ?? textOf(topicDevice) ?? textOf(message['tid']);
  return candidateOf({
    unit: sender.unit ?? sender.user ?? sender.limitUser ?? textOf(topicUser),
    device: deviceOf('owntracks', device),
    time: timeOf(message['tst'], nowMs),
    lon: coordinateOf(message['lon']),
    lat: coordinateOf(message['lat']),
    speedMps: besideOf('speedMps', message['vel'], mpsPerKmh),
    courseDeg: besideOf('courseDeg', message['cog']),
    altitudeM: altitudeOf(message),
    accuracyM: besideOf('accuracyM', message['acc']),
    batteryPct: besideOf('batteryPct', message['batt']),
  });
}

/** iOS marks an altitude that it does not know by a vertical accuracy (`vac`) that is not positive. */
function altitudeOf(message: Readonly<Record<string, unknown>>): number | undefined {
  const accuracyM = message['vac'];
  return typeof accuracyM === 'number' && accuracyM < 0 ? undefined : besideOf('altitudeM', message['alt']);
}
