import { z } from 'zod';
import type { ProvenServer } from './proven-server.ts';

const pictureSchema = z.object({
  units: z.array(z.looseObject({ id: z.string(), lon: z.number(), lat: z.number(), time: z.string() })),
  alerts: z.array(z.looseObject({ id: z.string() })),
  threats: z.array(z.looseObject({ id: z.string() })),
  places: z.array(z.looseObject({ id: z.string(), name: z.string(), lon: z.number(), lat: z.number() })),
});
export type ProvenPicture = z.infer<typeof pictureSchema>;

export interface ReadPicture {
  readonly picture: ProvenPicture;
  readonly bytes: number;
  readonly tookMs: number;
}

export async function readPicture({ watch }: ProvenServer): Promise<ReadPicture> {
  const { status, body, bytes, tookMs } = await watch.get('/api/picture');
  if (status !== 200) throw new Error(`GET /api/picture answers ${status}`);
  return { picture: pictureSchema.parse(body), bytes, tookMs };
}

/** What the picture says apart from the time at which it was asked: the same text for the same picture. */
export function pictureText({ units, alerts, threats, places }: ProvenPicture): string {
  const timeless = units.map(({ ageS: _ageS, state: _state, ...unit }) => unit);
  const sorted = [timeless, alerts, threats, places].map((things) =>
    [...things].sort((a, b) => (a.id < b.id ? -1 : 1)),
  );
  return JSON.stringify(sorted, (_key, value: unknown) => (isPlain(value) ? inOrder(value) : value));
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function inOrder(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
