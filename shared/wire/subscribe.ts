import { z } from 'zod';

/** `[west, south, east, north]` in degrees; west > east crosses the antimeridian. */
export const bboxSchema = z.tuple([
  z.number().min(-180).max(180),
  z.number().min(-90).max(90),
  z.number().min(-180).max(180),
  z.number().min(-90).max(90),
]);
export type Bbox = z.infer<typeof bboxSchema>;

export const subscribeSchema = z.object({
  bbox: bboxSchema.nullish(),
  since: z.string().max(200).nullish(),
});
export type Subscribe = z.infer<typeof subscribeSchema>;

/** What a viewer of the packed wire wants to see; see ViewRequest. */
export const viewSchema = z.object({
  bbox: bboxSchema.nullish(),
  zoom: z.number().min(0).max(30).nullish(),
  hidden: z.boolean().optional(),
  slow: z.boolean().optional(),
});

export const wireSubscribeSchema = viewSchema.extend({ since: z.string().max(200).nullish() });
