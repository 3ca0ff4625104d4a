import type { PlaceOut } from './place.ts';
import type { UnitOut } from './unit.ts';

/**
 * How a name answers to what was typed, best first: it is that name; it sounds the same; it begins with it; it is
 * that with a letter or two wrong.
 */
export const matches = ['exact', 'variant', 'prefix', 'typo'] as const;
export type Match = (typeof matches)[number];

export interface FoundPlace extends Omit<PlaceOut, 'names'> {
  readonly match: Match;
  /** The other name of the place that was meant, where it was not `name`. */
  readonly spelling?: string;
}

/** Answer of `GET /api/search`: best first, each as the caller may see it. */
export interface SearchAnswer {
  readonly places: readonly FoundPlace[];
  readonly units: readonly UnitOut[];
}
