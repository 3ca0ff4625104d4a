import { z } from 'zod';
import { latSchema, lonSchema } from './position.ts';
import { villageReaches } from './village-lists.ts';

export const placeKinds = ['village', 'site', 'base', 'hospital', 'landing-zone'] as const;

/** A post or pseudonym as `CLA-BUNIA-2`: capitals with a figure, so that nobody writes a name here by mistake. */
const post = z
  .string()
  .trim()
  .max(40)
  .regex(
    /^(?=.*\d)(?!.*\d{5})[A-Z][A-Z0-9]*(?:[-/ ][A-Z0-9]+)+$/,
    'a post or pseudonym as CLA-3, never a name',
  );

const registryFields = {
  /** How the village can be reached. */
  reach: z.array(z.enum(villageReaches)).max(7).nullish(),
  /** The telephone network it is on: when many villages of one fall silent, it may be the network. */
  network: z.string().trim().min(1).max(40).nullish(),
  /** The village is expected to be heard of once in so many hours. */
  contactEveryH: z.number().min(1).max(1_000).nullish(),
  /** Liaison assistant in charge, by post or pseudonym. */
  liaison: post.nullish(),
  nearestBaseId: z.string().min(1).max(64).nullish(),
  /** The village that this hamlet belongs to. */
  hamletOf: z.string().min(1).max(64).nullish(),
};
/** Names of what the registry of villages keeps of a place; no picture holds it, only the calls of the registry do. */
export const registryFieldNames = Object.keys(registryFields) as ReadonlyArray<keyof typeof registryFields>;
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
  ...registryFields,
});
/** A place as it comes in. */
export type PlaceIn = z.infer<typeof placeSchema>;
/** What only the registry of villages knows. */
export type VillageRegistry = Readonly<Pick<PlaceIn, keyof typeof registryFields>>;
/** A place as the picture holds it and viewers get it. */
export type Place = Omit<PlaceIn, keyof VillageRegistry>;
export type PlaceOut = Place;
