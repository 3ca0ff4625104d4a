import { z } from 'zod';

/** Positions further in the future than this are refused: a clock that wrong would freeze a marker. */
export const maxFutureMs = 60_000;
/** Items and bytes one position call may hold. */
export const maxPositionsPerCall = 10_000;
export const maxPositionBytes = 5_000_000;

export const unitIdSchema = z.string().min(1).max(64);
export const lonSchema = z.number().min(-180).max(180);
export const latSchema = z.number().min(-90).max(90);
export const timeSchema = z.iso.datetime({ offset: true });

/** Half a position is none: `lon` and `lat` come together. */
export const bothOrNeither = {
  check: (alert: { lon?: number | null; lat?: number | null }) =>
    (alert.lon ?? null) === null ? (alert.lat ?? null) === null : (alert.lat ?? null) !== null,
  refusal: { message: 'lon and lat come together', path: ['lon'] },
};

/** One position as an outside program sends it (contract, `POST /api/positions`). */
export const positionSchema = z.object({
  unit: unitIdSchema,
  time: timeSchema,
  lon: lonSchema,
  lat: latSchema,
  courseDeg: z.number().min(0).max(360).nullish(),
  speedMps: z.number().min(0).max(1000).nullish(),
  altitudeM: z.number().min(-1000).max(30_000).nullish(),
  accuracyM: z.number().min(0).max(1_000_000).nullish(),
  batteryPct: z.number().min(0).max(100).nullish(),
  id: z.string().max(100).nullish(),
});
export type PositionIn = z.infer<typeof positionSchema>;

/**
 * A fix: where a unit said it was. Degrees WGS84 (kept to 1e-7), time in ms since 1970 as the device said it.
 * `device` tells apart two trackers that report for one unit.
 */
export interface Fix {
  readonly unit: string;
  readonly device: string;
  readonly timeMs: number;
  readonly lon: number;
  readonly lat: number;
  readonly courseDeg?: number;
  readonly speedMps?: number;
  readonly altitudeM?: number;
  readonly accuracyM?: number;
  readonly batteryPct?: number;
}

/** One refused item of a batch, with its place in the batch as it was sent. */
export interface RejectedItem {
  readonly index: number;
  readonly code: string;
  readonly field: string;
  readonly message: string;
}

/** The answer to a batch of positions. */
export interface PositionsAnswer {
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: readonly RejectedItem[];
}
