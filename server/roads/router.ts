import type { LonLat } from './road-graph.ts';

/** What another program found: seconds of a car on free roads. */
export interface Routed {
  readonly seconds: number;
  readonly metres: number;
  readonly line: readonly LonLat[];
}

/** An OSRM or Valhalla server. Undefined: it did not answer in time, or knows no way. */
export interface Router {
  route(from: LonLat, to: LonLat): Promise<Routed | undefined>;
}

const answersWithinMs = 400;
/** A router that is silent is not asked again for so long: nobody waits for it alert after alert. */
const restMs = 30_000;

type Kind = 'osrm' | 'valhalla';

/** Talks to a router at an address; which of the two it is, its answer tells. */
export function createRouter(
  address: string,
  { nowMs, ask = fetch }: { readonly nowMs: () => number; readonly ask?: typeof fetch },
): Router {
  const base = address.replace(/\/+$/, '').replace(/\/route(\/v1)?$/, '');
  let kind: Kind | undefined;
  let silentUntilMs = 0;
  const call = (as: Kind, from: LonLat, to: LonLat): Promise<Routed | undefined> =>
    (as === 'osrm' ? askOsrm : askValhalla)(base, from, to, ask);
  return {
    async route(from, to) {
      if (nowMs() < silentUntilMs) return undefined;
      try {
        if (kind) return await call(kind, from, to);
        // Whoever knows neither way of asking is no router at all.
        const answers = await Promise.allSettled([call('osrm', from, to), call('valhalla', from, to)]);
        const found = answers.map((one) => (one.status === 'fulfilled' ? one.value : undefined));
        if (found[0] ?? found[1]) kind = found[0] ? 'osrm' : 'valhalla';
        else if (answers.every(({ status }) => status === 'rejected')) silentUntilMs = nowMs() + restMs;
        return found[0] ?? found[1];
      } catch {
        silentUntilMs = nowMs() + restMs;
        return undefined;
      }
    },
  };
}

async function askOsrm(
  base: string,
  from: LonLat,
  to: LonLat,
  ask: typeof fetch,
): Promise<Routed | undefined> {
  const ends = `${from.join(',')};${to.join(',')}`;
  const url = `${base}/route/v1/driving/${ends}?overview=full&geometries=geojson`;
  const answer = await json(await ask(url, { signal: AbortSignal.timeout(answersWithinMs) }));
  const [route] = listIn(answer, 'routes');
  const [seconds, metres] = [numberIn(route, 'duration'), numberIn(route, 'distance')];
  if (seconds === undefined || metres === undefined) return undefined;
  const line = listIn(fieldOf(route, 'geometry'), 'coordinates').flatMap((point) =>
    Array.isArray(point) && typeof point[0] === 'number' && typeof point[1] === 'number'
      ? [[point[0], point[1]] as const]
      : [],
  );
  return { seconds, metres, line };
}

async function askValhalla(
  base: string,
  from: LonLat,
  to: LonLat,
  ask: typeof fetch,
): Promise<Routed | undefined> {
  const locations = [from, to].map(([lon, lat]) => ({ lon, lat }));
  const response = await ask(`${base}/route`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ locations, costing: 'auto', units: 'kilometers' }),
    signal: AbortSignal.timeout(answersWithinMs),
  });
  const trip = fieldOf(await json(response), 'trip');
  const summary = fieldOf(trip, 'summary');
  const [seconds, km] = [numberIn(summary, 'time'), numberIn(summary, 'length')];
  if (seconds === undefined || km === undefined) return undefined;
  const line = listIn(trip, 'legs').flatMap((leg) => {
    const shape = fieldOf(leg, 'shape');
    return typeof shape === 'string' ? unpacked(shape) : [];
  });
  return { seconds, metres: km * 1_000, line };
}

/** Throws for what is no answer of a router. */
async function json(response: Response): Promise<unknown> {
  const answer: unknown = await response.json();
  const isRouter = ['routes', 'trip', 'code', 'error_code'].some(
    (name) => fieldOf(answer, name) !== undefined,
  );
  if (!isRouter) throw new Error('not the answer of a router');
  return answer;
}

/** The line of a Valhalla shape: differences in steps of a millionth of a degree, five bits a letter. */
function unpacked(shape: string): LonLat[] {
  const points: LonLat[] = [];
  const sums = [0, 0];
  let at = 0;
  while (at < shape.length) {
    for (const axis of [0, 1]) {
      let [value, shift, bits] = [0, 0, 0x20];
      while (bits >= 0x20 && at < shape.length) {
        bits = shape.charCodeAt(at++) - 63;
        value |= (bits & 0x1f) << shift;
        shift += 5;
      }
      sums[axis] = (sums[axis] ?? 0) + (value & 1 ? ~(value >> 1) : value >> 1);
    }
    points.push([(sums[1] ?? 0) / 1e6, (sums[0] ?? 0) / 1e6]);
  }
  return points;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function listIn(value: unknown, name: string): readonly unknown[] {
  const list = fieldOf(value, name);
  return Array.isArray(list) ? list : [];
}

function numberIn(value: unknown, name: string): number | undefined {
  const number = fieldOf(value, name);
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
