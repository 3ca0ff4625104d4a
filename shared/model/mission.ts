import { z } from 'zod';
import { priorities, restrictedClasses, alertCategories } from './alert-lists.ts';
import { geometrySchema } from './threat.ts';
import { placeSchema } from './place.ts';
import { unitInSchema } from './unit.ts';
import { unitIdSchema } from './position.ts';

const seconds = z.number().int().min(1).max(31_536_000);
const targets = z.strictObject({
  acknowledgeS: seconds.optional(),
  triageS: seconds.optional(),
  decideS: seconds.optional(),
  turnoutS: seconds.optional(),
  reportS: seconds.optional(),
  feedbackS: seconds.optional(),
  referralS: seconds.optional(),
});
/** After how many targets of a segment each level is called: 1 is the moment it runs over. */
const times = z.number().min(1).max(100);
const escalationSchema = z.strictObject({
  watch: times.optional(),
  chief: times.optional(),
  sector: times.optional(),
  command: times.optional(),
  adviser: times.optional(),
});

export const sectorSchema = z.object({
  id: z.string().min(1).max(64),
  name: z.string().min(1).max(120),
  geometry: z.union([
    geometrySchema.options[2],
    z.object({
      type: z.literal('MultiPolygon'),
      coordinates: z.array(geometrySchema.options[2].shape.coordinates),
    }),
  ]),
});
export type Sector = z.infer<typeof sectorSchema>;

/** The mission file (`MISSION`). Everything has a default; the schema ships with the API description. */
export const missionSchema = z.object({
  name: z.string().min(1).max(120).default('Unnamed mission'),
  timezoneLetters: z.array(z.string().regex(/^[A-IK-Z]$/)).default(['Z']),
  languages: z.array(z.string().min(2).max(10)).default(['en', 'fr']),
  sectors: z.array(sectorSchema).default([]),
  clockTargets: z.partialRecord(z.enum(priorities), targets).default({}),
  escalation: escalationSchema.default({}),
  reportEveryS: seconds.default(60),
  staleAfterS: seconds.default(300),
  overdue: z.record(z.string(), z.unknown()).default({}),
  units: z.array(unitInSchema.extend({ id: unitIdSchema })).default([]),
  places: z.union([z.string(), z.array(placeSchema)]).optional(),
  roads: z.string().optional(),
  restricted: z.array(z.enum(alertCategories)).default(['crsv', 'forced-recruitment']),
  gateways: z.record(z.string(), z.unknown()).default({}),
});
export type MissionFile = z.infer<typeof missionSchema>;
export { restrictedClasses };
