import { z } from 'zod';
import { unitIdSchema } from './position.ts';

const id = z.string().min(1);

/** Body of `POST /api/alerts/:id/prewarn`: who is to be ready before anybody is sent. */
export const prewarnSchema = z.object({ units: z.array(unitIdSchema).min(1).max(50) });
/** Body of `POST /api/alerts/:id/prewarn/end`: who need not be ready any more. No reason is asked for. */
export const prewarnEndSchema = z.object({ unit: unitIdSchema });

export const prewarnedSchema = z.object({
  kind: z.literal('alert.prewarned'),
  alertId: id,
  units: z.array(unitIdSchema),
});
export const prewarningEndedSchema = z.object({
  kind: z.literal('alert.prewarning-ended'),
  alertId: id,
  unit: unitIdSchema,
});
