import { z } from 'zod';
import { languageCodes } from '../messages/text.ts';

/** Where an operator wants to come back to on the map. */
export const savedViewSchema = z.object({
  name: z.string().trim().min(1).max(60),
  lon: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
  zoom: z.number().min(0).max(22),
});
export type SavedView = z.infer<typeof savedViewSchema>;

/** Clock times of the day in the mission's local time, `HH:MM`. */
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/**
 * How one account wants its screens. Every field has a default, unknown fields are dropped, and a field that is not
 * valid falls back alone: settings of another version never lock anybody out.
 */
export const preferencesSchema = z.object({
  /** Undefined: the language of the browser. */
  language: z.enum(languageCodes).optional().catch(undefined),
  theme: z.enum(['dark', 'bright', 'auto']).catch('dark'),
  /** How large everything is, percent; `auto`: as a large screen asks for. */
  size: z.enum(['auto', '100', '125', '150', '200']).catch('auto'),
  /** How a position is written first. */
  coordinates: z.enum(['mgrs', 'dms', 'decimal']).catch('mgrs'),
  /** Speeds and distances: km/h and km, or knots and nautical miles. */
  measures: z.enum(['metric', 'nautical']).catch('metric'),
  /** Which time stands large in the bar. */
  clock: z.enum(['zulu', 'local']).catch('zulu'),
  graticule: z.enum(['none', 'mgrs', 'degrees']).catch('none'),
  /** Minutes of way behind each unit; 0 for none. */
  trailMinutes: z.number().int().min(0).max(1_440).catch(0),
  /** Units as APP-6 symbols, or as arrows and dots. */
  symbols: z.enum(['app6', 'plain']).catch('app6'),
  /** For poor links: nothing moves by itself, fewer updates, no ground. */
  light: z.boolean().catch(false),
  sound: z
    .object({
      /** 0 to 1. P1 never goes below a tenth. */
      volume: z.number().min(0).max(1).catch(0.7),
      /** Whether a P2 sounds at all. */
      p2: z.boolean().catch(true),
      /** Between these times of the day only P1 sounds. */
      quietFrom: timeOfDay.optional().catch(undefined),
      quietTo: timeOfDay.optional().catch(undefined),
      /** Whether the browser tells of new alerts while the page is hidden. */
      desktop: z.boolean().catch(false),
    })
    .catch({ volume: 0.7, p2: true, desktop: false }),
  /** Which kinds of thing stand on the map; alerts and units are never among it. */
  layers: z
    .object({
      places: z.boolean().catch(true),
      threats: z.boolean().catch(true),
      sectors: z.boolean().catch(true),
      names: z.boolean().catch(true),
    })
    .catch({ places: true, threats: true, sectors: true, names: true }),
  views: z.array(savedViewSchema).max(50).catch([]),
  /** Filters of the unit board by name: the text of the board's address. */
  filters: z
    .array(z.object({ name: z.string().trim().min(1).max(60), query: z.string().max(300) }))
    .max(50)
    .catch([]),
  layout: z
    .object({
      queueFolded: z.boolean().catch(false),
      timeBarFolded: z.boolean().catch(false),
    })
    .catch({ queueFolded: false, timeBarFolded: false }),
});
export type Preferences = z.infer<typeof preferencesSchema>;

/** The schema as a change is judged by: nothing falls back, and `null` clears what may be absent. */
function asGiven(schema: z.ZodType): z.ZodType {
  const bare = schema instanceof z.ZodCatch ? (schema.unwrap() as z.ZodType) : schema;
  if (bare instanceof z.ZodOptional) return bare.nullable();
  return bare instanceof z.ZodObject ? z.object(fieldsAsGiven(bare)) : bare;
}

function fieldsAsGiven({ shape }: z.ZodObject): Record<string, z.ZodType> {
  return Object.fromEntries(
    Object.entries(shape).map(([name, field]) => [name, asGiven(field as z.ZodType)]),
  );
}

/** A change: the fields that are given are replaced, groups and lists whole. Unknown fields are dropped. */
export const preferencesPatchSchema: z.ZodType<Record<string, unknown>> = z
  .object(fieldsAsGiven(preferencesSchema))
  .partial();

/** The preferences with a change in them that the patch schema has passed. */
export function changePreferences(now: Preferences, patch: Readonly<Record<string, unknown>>): Preferences {
  return readPreferences({ ...now, ...patch });
}

/** Anything at all becomes preferences: what is missing or wrong is as it is for a new account. */
export function readPreferences(value: unknown): Preferences {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return preferencesSchema.parse(isObject ? value : {});
}
