import type { PositionCandidate } from '../ingest/positions.ts';
import {
  besideOf,
  candidateOf,
  coordinateOf,
  deviceOf,
  isObject,
  noFix,
  numberOf,
  textOf,
  timeOf,
  type PhoneReport,
} from './phone-values.ts';

/**
 * What one request says; `no-position` is a report without coordinates: the phone lives and does not say
 * where.
 */
export type OsmandReport =
  | { readonly kind: 'positions'; readonly candidates: readonly PositionCandidate[] }
  | {
      readonly kind: 'no-position';
      readonly unit: string;
      /** When it was made; NaN where it says a time that is none. */
      readonly timeMs: number;
      /** The rest of the report, for a place to be added. */
      readonly candidate: { readonly item: Readonly<Record<string, unknown>>; readonly device?: string };
    };

const mpsPerKnot = 1852 / 3600;

/**
 * Reads a report of the OsmAnd protocol as Traccar defines it (traccar.org/osmand, OsmAndProtocolDecoder):
 * query or form parameters with speed in knots, or the JSON of Traccar Client 9 and later with speed in m/s.
 * `hdop` is no accuracy in metres and is passed over, as are `charge`, `mock` and everything else that says
 * nothing about place. `unitOf` makes a unit of the device id; without it the id is the unit.
 */
export function parseOsmand(
  query: Readonly<Record<string, unknown>>,
  jsonBody: unknown,
  nowMs: number,
  unitOf: (id: string | undefined) => string | undefined = (id) => id,
): OsmandReport {
  const queryId = textOf(query['id']) ?? textOf(query['deviceid']);
  if (jsonBody === undefined) {
    if (isMarkedInvalid(query['valid'])) return refused(noFix('the device says that its place is not valid'));
    return reportOf({
      ...fromQuery(query, nowMs),
      unit: unitOf(queryId),
      device: deviceOf('osmand', queryId),
    });
  }
  if (!isObject(jsonBody) || !isObject(jsonBody['location'])) {
    return refused({
      code: 'bad-body',
      field: 'location',
      message: 'a JSON report has an object "location"',
    });
  }
  const id = textOf(jsonBody['device_id']) ?? queryId;
  return reportOf({
    ...fromJson(jsonBody['location'], nowMs),
    unit: unitOf(id),
    device: deviceOf('osmand', id),
  });
}

function refused(refusal: NonNullable<PositionCandidate['refusal']>): OsmandReport {
  return { kind: 'positions', candidates: [{ item: undefined, refusal }] };
}

/** Traccar takes `true` in any case and `1` for valid, and all else for not. */
function isMarkedInvalid(valid: unknown): boolean {
  const text = textOf(valid)?.toLowerCase();
  return text !== undefined && text !== 'true' && text !== '1';
}

function reportOf(report: PhoneReport): OsmandReport {
  const { device, ...item } = report;
  if (item.lon !== undefined || item.lat !== undefined) {
    return { kind: 'positions', candidates: [candidateOf(report)] };
  }
  const { unit, time, batteryPct } = item;
  const candidate = { item: { unit, time, batteryPct }, ...(device === undefined ? {} : { device }) };
  return { kind: 'no-position', unit: unit ?? '', timeMs: Date.parse(time), candidate };
}

type Said = Omit<PhoneReport, 'unit' | 'device'>;

function fromQuery(query: Readonly<Record<string, unknown>>, nowMs: number): Said {
  const [lat, lon] = textOf(query['location'])?.split(',') ?? [];
  return {
    time: timeOf(query['timestamp'], nowMs),
    lon: coordinateOf(query['lon']) ?? coordinateOf(lon),
    lat: coordinateOf(query['lat']) ?? coordinateOf(lat),
    speedMps: besideOf('speedMps', query['speed'], mpsPerKnot),
    courseDeg: besideOf('courseDeg', query['bearing']) ?? besideOf('courseDeg', query['heading']),
    altitudeM: besideOf('altitudeM', query['altitude']),
    accuracyM: besideOf('accuracyM', query['accuracy']),
    batteryPct: besideOf('batteryPct', query['batt']),
  };
}

function fromJson(location: Readonly<Record<string, unknown>>, nowMs: number): Said {
  const coords = isObject(location['coords']) ? location['coords'] : {};
  const battery = isObject(location['battery']) ? location['battery'] : {};
  return {
    time: timeOf(location['timestamp'], nowMs),
    lon: coordinateOf(coords['longitude']),
    lat: coordinateOf(coords['latitude']),
    speedMps: besideOf('speedMps', coords['speed']),
    courseDeg: besideOf('courseDeg', coords['heading']),
    altitudeM: altitudeOf(coords),
    accuracyM: besideOf('accuracyM', coords['accuracy']),
    batteryPct: besideOf('batteryPct', battery['level'], 100),
  };
}

/** The SDK marks an altitude that it does not know by a negative accuracy of it. */
function altitudeOf(coords: Readonly<Record<string, unknown>>): number | undefined {
  const unknown = (numberOf(coords['altitude_accuracy']) ?? 0) < 0;
  return unknown ? undefined : besideOf('altitudeM', coords['altitude']);
}
