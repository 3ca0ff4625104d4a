import { z } from 'zod';
import { latSchema, lonSchema } from './position.ts';

export const placeKinds = ['village', 'site', 'base', 'hospital', 'landing-zone'] as const;

export const placeSchema = z.object({
  id: z.string().min(1).max(64),
  kind: z.enum(placeKinds),
  name: z.string().trim().min(1).max(120),
  lon: lonSchema,
  lat: latSchema,
  population: z.number().int().min(0).max(100_000_000).nullish(),
  languages: z.array(z.string().min(1).max(40)).max(20).nullish(),
  /** Other spellings and names, by which it is found too. */
  names: z.array(z.string().trim().min(1).max(120)).max(40).nullish(),
});
export type Place = z.infer<typeof placeSchema>;
export type PlaceOut = Place;
