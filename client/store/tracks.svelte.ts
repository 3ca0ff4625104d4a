/* eslint-disable svelte/prefer-svelte-reactivity -- what is in state here is replaced whole, never changed in place */
import type { CallFailure } from '../net/api.ts';
import type { request } from '../net/api.ts';

/** Where a unit has been, oldest first: lon lat, and the time of each. */
export interface Track {
  readonly unit: string;
  readonly lonLat: Float64Array;
  readonly timesMs: Float64Array;
}

/** What the server answers (GeoJSON): coordinates and times go together one to one. */
interface TrackAnswer {
  readonly geometry: { readonly coordinates: ReadonlyArray<readonly [number, number]> };
  readonly properties: { readonly times: readonly string[] };
}

/** More fixes than this of one track are thinned to every second, third … one. */
const mostPoints = 20_000;
/** The full track goes this far back. */
const fullMs = 24 * 3_600_000;

export function trackOf(unit: string, { geometry, properties }: TrackAnswer): Track {
  const all = geometry.coordinates;
  const step = Math.max(1, Math.ceil(all.length / mostPoints));
  const kept = all.map((_, index) => index).filter((index) => (all.length - 1 - index) % step === 0);
  const lonLat = Float64Array.from(kept.flatMap((index) => [all[index]?.[0] ?? 0, all[index]?.[1] ?? 0]));
  const timesMs = Float64Array.from(kept, (index) => Date.parse(properties.times[index] ?? ''));
  return { unit, lonLat, timesMs };
}

/** Tracks that the server keeps: the full one of a unit when somebody asks, and what lies before the trails. */
export class Tracks {
  /** The full track on the map. */
  full = $state.raw<Track | undefined>();
  /** Why the last full track did not come. */
  failed = $state.raw<CallFailure | undefined>();
  /** What was there before the page was opened, of units somebody looks at. */
  past = $state.raw<ReadonlyMap<string, Track>>(new Map());
  loading = $state<string | undefined>();
  readonly #request: typeof request;
  readonly #asked = new Map<string, number>();

  constructor(ask: typeof request) {
    this.#request = ask;
  }

  /** Shows the track of the last day; again for the same unit takes it away. */
  async toggleFull(unit: string, nowMs: number): Promise<void> {
    if (this.full?.unit === unit) return this.clear();
    this.loading = unit;
    this.failed = undefined;
    const answer = await this.#ask(unit, nowMs - fullMs);
    // Somebody may have asked for another one meanwhile.
    if (this.loading !== unit) return;
    this.loading = undefined;
    if (answer.ok) this.full = trackOf(unit, answer.value);
    else this.failed = answer.error;
  }

  clear(): void {
    this.full = undefined;
    this.failed = undefined;
    this.loading = undefined;
  }

  /** Fetches the way of these units since a time, and forgets that of others. A way that is there is kept. */
  async bring(units: readonly string[], fromMs: number): Promise<void> {
    const wanted = new Set(units);
    for (const id of this.#asked.keys()) if (!wanted.has(id)) this.#asked.delete(id);
    if ([...this.past.keys()].some((id) => !wanted.has(id)))
      this.past = new Map([...this.past].filter(([id]) => wanted.has(id)));
    for (const unit of units) {
      if ((this.#asked.get(unit) ?? Infinity) <= fromMs + 60_000) continue;
      this.#asked.set(unit, fromMs);
      const answer = await this.#ask(unit, fromMs);
      if (answer.ok && this.#asked.has(unit))
        this.past = new Map([...this.past, [unit, trackOf(unit, answer.value)]]);
    }
  }

  #ask(unit: string, fromMs: number) {
    const from = encodeURIComponent(new Date(fromMs).toISOString());
    return this.#request<TrackAnswer>('GET', `/api/units/${encodeURIComponent(unit)}/track?from=${from}`);
  }
}
