import { packedFixesType } from '../../shared/model/packed-fixes.ts';
import {
  inPath,
  inQuery,
  json,
  operation,
  ref,
  text,
  type Content,
  type JsonSchema,
  type Parameter,
  type Paths,
} from './openapi-shape.ts';

const tag = 'Positions';
const number: JsonSchema = { type: 'number' };

const position: JsonSchema = ref('PositionIn');
const batch: Content = {
  'application/json': {
    schema: {
      anyOf: [
        { type: 'array', items: position, maxItems: 10_000 },
        {
          type: 'object',
          properties: { positions: { type: 'array', items: position } },
          required: ['positions'],
        },
        position,
      ],
    },
    example: {
      positions: [{ unit: 'lrp-4', time: '2026-11-22T16:40:00Z', lon: 29.12, lat: -1.54, speedMps: 8.3 }],
    },
  },
  'application/x-ndjson': { schema: { type: 'string', description: 'one position a line' } },
  [packedFixesType]: { schema: { type: 'string', format: 'binary', description: 'packed fixes' } },
};

const osmandParameters: readonly Parameter[] = [
  inQuery('id', 'the device, also `deviceid`; the unit, where the key is not bound to one', text),
  inQuery('lat', 'latitude in degrees', number),
  inQuery('lon', 'longitude in degrees', number),
  inQuery('location', '`lat,lon`, instead of the two', text),
  inQuery('timestamp', 'seconds or milliseconds since 1970, or RFC 3339; the server time where absent', text),
  inQuery('speed', 'in knots', number),
  inQuery('bearing', 'in degrees true, also `heading`', number),
  inQuery('altitude', 'in metres', number),
  inQuery('accuracy', 'in metres', number),
  inQuery('batt', 'battery in percent', number),
  inQuery('valid', '`false` or `0`: the device has no fix', text),
];

const osmandBody: Content = {
  'application/json': {
    schema: {
      type: 'object',
      description: 'the form of Traccar Client 9 and later; speed in m/s, battery level 0 to 1',
      properties: { device_id: text, location: { type: 'object' } },
      required: ['location'],
    },
    example: {
      device_id: '48241179',
      location: {
        timestamp: '2026-11-22T16:40:00Z',
        coords: { latitude: -1.54, longitude: 29.12, accuracy: 8, speed: 4.2, heading: 90, altitude: 1450 },
        battery: { level: 0.71 },
      },
    },
  },
  'application/x-www-form-urlencoded': {
    schema: { type: 'object', description: 'the parameters of the query' },
  },
};

const phoneRule =
  'What can never become right (no fix, not your unit, a damaged body) is answered 200 all the same ' +
  'and counted: phones send a refused report again for ever, and nothing behind it would arrive.';
const taken = { 200: { description: 'taken, or of no use for ever', content: json(ref('PositionsAnswer')) } };
const key = inPath('key', 'a door key, or the token of a feed or patrol', text);

function osmand(id: string, method: 'get' | 'post', inAddress: boolean): ReturnType<typeof operation> {
  return operation({
    id,
    tag,
    summary: `OsmAnd and Traccar Client${inAddress ? ', for devices that cannot set headers' : ''}`,
    description: phoneRule,
    parameters: [...(inAddress ? [key] : []), ...osmandParameters],
    ...(method === 'post' ? { body: osmandBody, lenientBody: true as const } : {}),
    answers: taken,
    failures: ['not-signed-in', 'role-not-allowed', 'record-unavailable'],
    signIn: inAddress ? [] : ['bearer', 'basic'],
  });
}

/** The doors for positions. */
export const feedPaths: Paths = {
  '/api/positions': {
    post: operation({
      id: 'postPositions',
      tag,
      summary: 'Report positions',
      description:
        'At most 10,000 items and 5 MB. Answers after the good ones are durable; the bad ones are listed ' +
        'and cost the others nothing. The same position again is a duplicate and changes nothing; another ' +
        'one of the same unit, device and time is a conflict. Packed fixes are the same in about a tenth of ' +
        'the bytes; their form is described in shared/model/packed-fixes.ts.',
      body: batch,
      answers: { 200: { description: 'what became of each', content: json(ref('PositionsAnswer')) } },
      failures: ['role-not-allowed', 'too-many-items'],
    }),
  },
  '/osmand': { get: osmand('getOsmand', 'get', false), post: osmand('postOsmand', 'post', false) },
  '/osmand/{key}': {
    get: osmand('getOsmandByKey', 'get', true),
    post: osmand('postOsmandByKey', 'post', true),
  },
  '/owntracks': {
    post: operation({
      id: 'postOwntracks',
      tag,
      summary: 'OwnTracks in HTTP mode',
      description:
        'The token is the password of HTTP basic; the unit is that of the token, else the user of HTTP ' +
        'basic, else `X-Limit-U`, else the user in the topic. Messages that are no location are passed ' +
        `over. ${phoneRule}`,
      body: {
        'application/json': {
          schema: { type: 'object', description: 'a message of OwnTracks, or an array of them' },
          example: {
            _type: 'location',
            lat: -1.54,
            lon: 29.12,
            tst: 1795365600,
            vel: 30,
            cog: 90,
            acc: 12,
            batt: 80,
          },
        },
      },
      lenientBody: true,
      answers: { 200: { description: 'always empty', content: json({ type: 'array', maxItems: 0 }) } },
      failures: ['role-not-allowed', 'record-unavailable'],
      signIn: ['basic', 'bearer'],
    }),
  },
};
