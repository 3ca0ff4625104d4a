import { z } from 'zod';
import { alertCategories, precisions, priorities, restrictedClasses } from './alert-lists.ts';

/** How a place was read off a message. */
export const placeHows = ['sender', 'name', 'coordinates'] as const;
/** Languages whose words are read. `ar` is Arabic in either script. */
export const readLanguages = ['en', 'fr', 'sw', 'ln', 'sg', 'ar'] as const;
export type ReadLanguage = (typeof readLanguages)[number];

const confidence = z.number().min(0).max(1);
const lon = z.number().min(-180).max(180);
const lat = z.number().min(-90).max(90);
const words = z.array(z.string().max(80)).max(12);
const count = z.number().int().min(0).max(1_000_000).optional();

export const readPlaceSchema = z.object({
  placeId: z.string().max(64).optional(),
  name: z.string().max(120).optional(),
  lon,
  lat,
  precision: z.enum(precisions),
  how: z.enum(placeHows),
  /** The words of the message that say so; empty for the sender's place. */
  matched: z.string().max(300),
  confidence,
});

/**
 * What was read of a message by rule, beside its text: guesses with a confidence from 0 to 1, for a person to correct.
 * What could not be read is absent; the category is then `other`.
 */
export const readingSchema = z.object({
  place: readPlaceSchema.optional(),
  /** Others that it may be, likeliest first. */
  otherPlaces: z.array(readPlaceSchema).max(6),
  category: z.object({ value: z.enum(alertCategories), confidence, words }),
  priority: z.object({ value: z.enum(priorities), confidence, words }).optional(),
  /** Words that speak of sexual violence, or of children as victims: the record is to be restricted. */
  restricted: z.enum(restrictedClasses).optional(),
  language: z.enum(readLanguages).optional(),
  numbers: z.object({ men: count, dead: count, abducted: count, wounded: count }).optional(),
  /** Whether the message speaks of what is now, soon, or over. */
  tense: z.enum(['now', 'soon', 'past']).optional(),
  coordinates: z
    .object({
      lon,
      lat,
      precisionM: z.number().min(0),
      format: z.string().max(12),
      matched: z.string().max(300),
    })
    .optional(),
});
export type Reading = z.infer<typeof readingSchema>;
export type ReadPlace = z.infer<typeof readPlaceSchema>;
