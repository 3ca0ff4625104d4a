import { z } from 'zod';
import { latSchema, lonSchema, timeSchema } from './position.ts';

const coordinate = z.tuple([lonSchema, latSchema], z.number());
const ring = z
  .array(coordinate)
  .min(4)
  .max(5_000)
  .refine(
    (points) => {
      const first = points[0];
      const last = points.at(-1);
      return first !== undefined && last !== undefined && first[0] === last[0] && first[1] === last[1];
    },
    { message: 'a polygon ring ends where it begins' },
  );

/** GeoJSON geometries a threat may have; coordinates are lon, lat in degrees. */
export const geometrySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Point'), coordinates: coordinate }),
  z.object({ type: z.literal('LineString'), coordinates: z.array(coordinate).min(2).max(5_000) }),
  z.object({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1).max(100) }),
]);
export type Geometry = z.infer<typeof geometrySchema>;

export const sourceGradeSchema = z.enum(['A', 'B', 'C', 'D', 'E', 'F']);
export const infoGradeSchema = z.number().int().min(1).max(6);
const scaleOfFive = z.number().int().min(1).max(5);

/** Body of `POST /api/threats`. */
export const threatInSchema = z.object({
  id: z.string().min(1).max(64).nullish(),
  kind: z.string().trim().min(1).max(60),
  geometry: geometrySchema,
  radiusM: z.number().min(0).max(500_000).nullish(),
  actor: z.string().trim().max(120).nullish(),
  likelihood: scaleOfFive,
  impact: scaleOfFive,
  sourceGrade: sourceGradeSchema.nullish(),
  infoGrade: infoGradeSchema.nullish(),
  validFrom: timeSchema.nullish(),
  validTo: timeSchema.nullish(),
  text: z.string().max(4_000).nullish(),
});
export type ThreatIn = z.infer<typeof threatInSchema>;
export const threatPatchSchema = threatInSchema.omit({ id: true }).partial();
export type ThreatPatch = z.infer<typeof threatPatchSchema>;

/** A threat as a viewer gets it; audiences below the full view get area and level only. */
export interface ThreatOut {
  readonly id: string;
  readonly kind: string;
  readonly geometry: Geometry;
  readonly radiusM?: number;
  readonly actor?: string;
  /** likelihood × impact, 1 to 25: the "level" of the reduced views. */
  readonly level: number;
  readonly likelihood?: number;
  readonly impact?: number;
  readonly sourceGrade?: string;
  readonly infoGrade?: number;
  readonly validFrom?: string;
  readonly validTo?: string;
  readonly text?: string;
  readonly sector?: string;
  readonly raisedAt: string;
  readonly changedAt: string;
  readonly endedAt?: string;
}
