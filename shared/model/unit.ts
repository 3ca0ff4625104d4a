import { z } from 'zod';
import { unitIdSchema } from './position.ts';
import type { UnitState } from './unit-lists.ts';

export * from './unit-lists.ts';

const idList = z.array(z.string().min(1).max(64)).max(200);

/** Body of `PUT /api/units/:id`. */
export const unitInSchema = z.object({
  callsign: z.string().trim().min(1).max(40),
  kind: z.string().trim().min(1).max(40).default('patrol'),
  sector: z.string().min(1).max(64).nullish(),
  reportEveryS: z.number().int().min(1).max(86_400).nullish(),
  staleAfterS: z.number().int().min(1).max(604_800).nullish(),
  capabilities: idList.nullish(),
});
export type UnitIn = z.infer<typeof unitInSchema>;
export { unitIdSchema };

/**
 * A unit as a viewer gets it. Fields that an audience may not see are absent (never null with a hint).
 * `lon`, `lat`, `time`, `receivedAt` and `ageS` are null for a registered unit that has not reported yet.
 * `state` and `ageS` are those at the `at` of the answer; live readers derive their own from `time`.
 */
export interface UnitOut {
  readonly id: string;
  readonly kind: string;
  readonly callsign?: string;
  readonly sector?: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly time: string | null;
  readonly receivedAt: string | null;
  readonly courseDeg?: number;
  readonly speedMps?: number;
  readonly altitudeM?: number;
  readonly accuracyM?: number;
  readonly batteryPct?: number;
  readonly clockAheadS?: number;
  readonly reportEveryS: number;
  readonly staleAfterS: number;
  readonly state: UnitState;
  readonly ageS: number | null;
  readonly capabilities?: readonly string[];
  readonly unregistered?: true;
  /** True for a unit shown without detail (neighbouring sector, near by on a patrol's map). */
  readonly plain?: true;
}
