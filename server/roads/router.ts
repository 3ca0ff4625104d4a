import type { LonLat } from './road-graph.ts';

/** What another program found: seconds of a car on free roads. */
export interface Routed {
  readonly seconds: number;
  readonly metres: number;
  readonly line: readonly LonLat[];
}

/** What a router said: a way, that there is none, or nothing in time. */
export type RouterAnswer = Routed | 'no-way' | 'silent';

/** How a router is found to be; `unknown` until it has been asked. */
export interface RouterState {
  readonly state: 'unknown' | 'answers' | 'silent';
  /** ms since 1970. */
  readonly silentSinceMs?: number;
}

/** An OSRM or Valhalla server. */
export interface Router {
  route(from: LonLat, to: LonLat): Promise<RouterAnswer>;
  state(): RouterState;
}

const answersWithinMs = 400;
/** A router that is silent is left alone for so long, then asked by one alone: nobody waits for it alert after alert. */
const restMs = { first: 5_000, longest: 60_000 } as const;

type Kind = 'osrm' | 'valhalla';

/**
 * Talks to a router at an address; which of the two it is, its answer tells. Sources of the forms: OSRM HTTP API v5,
 * service `route` (`code` NoRoute or NoSegment: no way); Valhalla routing service, `/route` (`error_code` 442 no path, 171
 * no road near; shapes as encoded polylines of six decimals).
 */
export function createRouter(
  address: string,
  { nowMs, ask = fetch }: { readonly nowMs: () => number; readonly ask?: typeof fetch },
): Router {
  const base = address.replace(/\/+$/, '').replace(/\/route(\/v1)?$/, '');
  const rest = new Rest(nowMs);
  let kind: Kind | undefined;
  const call = (as: Kind, from: LonLat, to: LonLat): Promise<RouterAnswer> =>
    (as === 'osrm' ? askOsrm : askValhalla)(base, from, to, ask);
  const asked = async (from: LonLat, to: LonLat): Promise<RouterAnswer> => {
    if (kind) return await call(kind, from, to);
    const kinds = ['osrm', 'valhalla'] as const;
    const answers = await Promise.allSettled(kinds.map((one) => call(one, from, to)));
    const at = answers.findIndex(({ status }) => status === 'fulfilled');
    const found = answers[at];
    // Whoever knows neither way of asking is no router at all.
    if (found?.status !== 'fulfilled') throw new Error('not the answer of a router');
    kind = kinds[at];
    return found.value;
  };
  return {
    async route(from, to) {
      if (!rest.mayAsk()) return 'silent';
      try {
        const answer = await asked(from, to);
        rest.answered();
        return answer;
      } catch {
        rest.wasSilent();
        return 'silent';
      }
    },
    state: () => rest.state,
  };
}

/** When a router may be asked: always while it answers; after a silence one call at a time, the longer apart the longer. */
class Rest {
  readonly #nowMs: () => number;
  #state: RouterState = { state: 'unknown' };
  #lastsMs = 0;
  #untilMs = 0;
  #isTried = false;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  get state(): RouterState {
    return this.#state;
  }

  mayAsk(): boolean {
    if (this.#lastsMs === 0) return true;
    if (this.#isTried || this.#nowMs() < this.#untilMs) return false;
    this.#isTried = true;
    return true;
  }

  answered(): void {
    this.#isTried = false;
    this.#lastsMs = 0;
    this.#state = { state: 'answers' };
  }

  wasSilent(): void {
    const isFirst = this.#state.state !== 'silent';
    // Calls that went out together are one silence.
    if (!isFirst && !this.#isTried) return;
    this.#isTried = false;
    const silentSinceMs = isFirst ? this.#nowMs() : this.#state.silentSinceMs;
    this.#state = { state: 'silent', ...(silentSinceMs === undefined ? {} : { silentSinceMs }) };
    this.#lastsMs = isFirst ? restMs.first : Math.min(2 * this.#lastsMs, restMs.longest);
    this.#untilMs = this.#nowMs() + this.#lastsMs;
  }
}

async function askOsrm(base: string, from: LonLat, to: LonLat, ask: typeof fetch): Promise<RouterAnswer> {
  const ends = `${from.join(',')};${to.join(',')}`;
  const url = `${base}/route/v1/driving/${ends}?overview=full&geometries=geojson`;
  const answer = await json(await ask(url, { signal: AbortSignal.timeout(answersWithinMs) }));
  const code = fieldOf(answer, 'code');
  if (code === 'NoRoute' || code === 'NoSegment') return 'no-way';
  const [route] = listIn(answer, 'routes');
  const [seconds, metres] = [numberIn(route, 'duration'), numberIn(route, 'distance')];
  if (seconds === undefined || metres === undefined) throw new Error('no route of OSRM');
  const line = listIn(fieldOf(route, 'geometry'), 'coordinates').flatMap((point) =>
    Array.isArray(point) && typeof point[0] === 'number' && typeof point[1] === 'number'
      ? [[point[0], point[1]] as const]
      : [],
  );
  return { seconds, metres, line };
}

async function askValhalla(base: string, from: LonLat, to: LonLat, ask: typeof fetch): Promise<RouterAnswer> {
  const locations = [from, to].map(([lon, lat]) => ({ lon, lat }));
  const response = await ask(`${base}/route`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ locations, costing: 'auto', units: 'kilometers' }),
    signal: AbortSignal.timeout(answersWithinMs),
  });
  const answer = await json(response);
  const code = numberIn(answer, 'error_code');
  if (code === 442 || code === 171) return 'no-way';
  const trip = fieldOf(answer, 'trip');
  const summary = fieldOf(trip, 'summary');
  const [seconds, km] = [numberIn(summary, 'time'), numberIn(summary, 'length')];
  if (seconds === undefined || km === undefined) throw new Error('no trip of Valhalla');
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
