import { z } from 'zod';

/** Characters of a wall's address after the question mark; what it means is read by the wall itself. */
const addressPart = z
  .string()
  .max(500)
  .regex(/^[\p{L}\p{N} _=&,;:./%+|~-]*$/u);

/** What an operator may ask of walls: to load anew, as they are or with another layout. */
export const wallCallSchema = z.object({
  /** Name of one wall; every wall where it is missing. */
  wall: z.string().trim().min(1).max(80).optional(),
  /** Address of the layout, `layout=alerts`; each wall keeps its own where it is missing, and `` is the mission's. */
  layout: addressPart.optional(),
});
export type WallCallBody = z.infer<typeof wallCallSchema>;

/** A call as walls hear it. */
export interface WallCall extends WallCallBody {
  /** The same for one call wherever and whenever it is heard, so that a wall obeys it once. */
  readonly id: string;
  /** Name of whoever asked. */
  readonly by: string;
}
