import { z } from 'zod';
import { priorities, restrictedClasses, alertCategories } from './alert-lists.ts';
import { geometrySchema } from './threat.ts';
import { placeSchema } from './place.ts';
import { unitInSchema } from './unit.ts';
import { unitIdSchema } from './position.ts';
import { smsGatewayKinds } from './source.ts';

const seconds = z.number().int().min(1).max(31_536_000);
const targets = z.strictObject({
  acknowledgeS: seconds.optional(),
  triageS: seconds.optional(),
  decideS: seconds.optional(),
  turnoutS: seconds.optional(),
  diversionS: seconds.optional(),
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

const gatewaysSchema = z.looseObject({
  /** Gateways of text messages. Files are named relative to the mission file; each holds one secret. */
  sms: z
    .array(
      z.strictObject({
        kind: z.enum(smsGatewayKinds),
        secretFile: z.string().min(1),
        /** Where messages to callers are sent to, in the form of the gateway (server/feeds/sms/outgoing.ts). */
        sendUrl: z.url({ protocol: /^https?$/ }).optional(),
      }),
    )
    .max(20)
    .default([]),
  /** Certificates or public keys (PEM) by which signed CAP messages are checked. */
  cap: z
    .array(z.strictObject({ certFile: z.string().min(1) }))
    .max(20)
    .default([]),
  /** Refuses CAP messages that are not signed by one of `cap`. */
  capSignedOnly: z.boolean().optional(),
});

/** The mission file (`MISSION`). Everything has a default; the schema ships with the API description. */
export const missionSchema = z.object({
  name: z.string().min(1).max(120).default('Unnamed mission'),
  timezoneLetters: z.array(z.string().regex(/^[A-IK-Z]$/)).default(['Z']),
  languages: z.array(z.string().min(2).max(10)).default(['en', 'fr']),
  sectors: z.array(sectorSchema).default([]),
  clockTargets: z.partialRecord(z.enum(priorities), targets).default({}),
  escalation: escalationSchema.default({}),
  crisis: z
    .strictObject({ clockTargets: z.partialRecord(z.enum(priorities), targets).default({}) })
    .default({ clockTargets: {} }),
  /** Minutes between two copies of the state of the watch on paper; none where it is missing. */
  paperEveryMin: z.number().int().min(1).max(1_440).optional(),
  /** Whom to call by radio: never a telephone number. */
  contacts: z
    .array(
      z.strictObject({
        callsign: z.string().trim().min(1).max(40),
        use: z.string().trim().max(120).default(''),
        channels: z.array(z.string().trim().min(1).max(60)).max(10).default([]),
      }),
    )
    .max(200)
    .default([]),
  reportEveryS: seconds.default(60),
  staleAfterS: seconds.default(300),
  overdue: z.record(z.string(), z.unknown()).default({}),
  units: z.array(unitInSchema.extend({ id: unitIdSchema })).default([]),
  places: z.union([z.string(), z.array(placeSchema)]).optional(),
  roads: z.string().optional(),
  restricted: z.array(z.enum(alertCategories)).default(['crsv', 'forced-recruitment']),
  /** Two letters of the country in whose national form callers' numbers may come. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  gateways: gatewaysSchema.default({ sms: [], cap: [] }),
});
export type MissionFile = z.infer<typeof missionSchema>;
export { restrictedClasses };
