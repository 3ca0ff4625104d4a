import { z } from 'zod';
import { offWayReasons } from './way-lists.ts';

const seconds = z.number().min(0);

/** What is found of a unit on its way to an alert: by the service, from fixes alone. */
export const wayFindingSchema = z.discriminatedUnion('what', [
  /** When it will be there, counted from the entry; told anew where that has moved. */
  z.object({
    what: z.literal('expected'),
    etaS: z.object({ best: seconds, likely: seconds, worst: seconds }),
    distanceM: seconds,
    via: z.enum(['road', 'foot', 'air']),
  }),
  /** It does not come, or does not stay. `sinceMs`: the fix from which on that holds, ms since 1970. */
  z.object({ what: z.literal('off-way'), why: z.enum(offWayReasons), sinceMs: z.number() }),
  z.object({ what: z.literal('on-way') }),
  /** It is at the place, as far as its fixes tell; a person confirms that it is on scene. */
  z.object({ what: z.literal('seems-there') }),
  /** It left the place before anybody said that it was on scene. */
  z.object({ what: z.literal('passed') }),
]);
export type WayFinding = Readonly<z.infer<typeof wayFindingSchema>>;

/** The task is that of this unit offered at this time: a later one is watched from its own beginning. */
export const wayNotedSchema = z.object({
  kind: z.literal('alert.way-noted'),
  alertId: z.string().min(1),
  unit: z.string().min(1),
  offeredAtMs: z.number(),
  finding: wayFindingSchema,
});
export type WayNoted = Readonly<z.infer<typeof wayNotedSchema>>;
