import type { Vehicle } from '../../shared/model/capabilities.ts';

/** Seconds; an honest band: at best, most likely, at worst. */
export interface Band {
  readonly best: number;
  readonly likely: number;
  readonly worst: number;
}

export interface Conditions {
  readonly isNight: boolean;
  readonly isWet: boolean;
}

export type Rank = 1 | 2 | 3;
export type Ground = Exclude<Vehicle, 'air'>;
type ByRank = Readonly<Record<Rank, number>>;

interface GroundSpeeds {
  /** What it does at most on a dry road by day, km/h: convoys keep to the slowest and to the mission's limits. */
  readonly kmh: ByRank;
  /** Share of that left in the rains: laterite turns to mud, and lorries suffer first. */
  readonly wet: ByRank;
  /** Share left at night: lights, ambush drill, people and cattle on the road. */
  readonly night: number;
  /** Across country, km/h: what lies between the mapped road and the place is rarely a road. */
  readonly offRoadKmh: number;
  /** From the order to rolling, where it stands still: crew, radio check, water, briefing. */
  readonly startS: Band;
}

const soon: Band = { best: 120, likely: 600, worst: 1_800 };

export const groundSpeeds: Readonly<Record<Ground, GroundSpeeds>> = {
  '4x4': {
    kmh: { 1: 70, 2: 55, 3: 40 },
    wet: { 1: 0.9, 2: 0.7, 3: 0.45 },
    night: 0.6,
    offRoadKmh: 8,
    startS: soon,
  },
  truck: {
    kmh: { 1: 60, 2: 45, 3: 25 },
    wet: { 1: 0.85, 2: 0.6, 3: 0.25 },
    night: 0.55,
    offRoadKmh: 5,
    startS: soon,
  },
  apc: {
    kmh: { 1: 50, 2: 40, 3: 20 },
    wet: { 1: 0.85, 2: 0.65, 3: 0.4 },
    night: 0.6,
    offRoadKmh: 8,
    startS: soon,
  },
  motorbike: {
    kmh: { 1: 60, 2: 50, 3: 40 },
    wet: { 1: 0.8, 2: 0.6, 3: 0.4 },
    night: 0.6,
    offRoadKmh: 10,
    startS: { best: 60, likely: 300, worst: 900 },
  },
  bicycle: {
    kmh: { 1: 15, 2: 14, 3: 12 },
    wet: { 1: 0.8, 2: 0.65, 3: 0.5 },
    night: 0.6,
    offRoadKmh: 5,
    startS: { best: 60, likely: 300, worst: 900 },
  },
  foot: {
    kmh: { 1: 4.5, 2: 4.5, 3: 4.5 },
    wet: { 1: 0.95, 2: 0.9, 3: 0.8 },
    night: 0.8,
    offRoadKmh: 4,
    startS: { best: 60, likely: 300, worst: 900 },
  },
};

/** A patrol in the bush with its load, km/h; the band is ground and rain. */
export const footKmh = { best: 5, likely: 4, worst: 2.5 } as const;
/** Nobody walks as the crow flies: bush, streams, fields. */
export const footDetour = 1.3;
/** Road per straight line where no roads are known: 1.2 in the plain, 2 in hills and where rivers have few bridges. */
export const roadDetour = { best: 1.2, likely: 1.45, worst: 2.2 } as const;

/** Speed of a road of which only the rank is known, dry, km/h. */
export const roadKmh: ByRank = { 1: 65, 2: 50, 3: 30 };
/** How much longer it may take than is likely: bad bridges, checkpoints, breakdowns; the smaller the road, the more. */
const worstOf: ByRank = { 1: 1.35, 2: 1.6, 3: 1.9 };

/** Helicopters: start-up from stand-by (crew, weather, flight order), cruise, landing after a look round. */
export const flight = {
  startS: { best: 900, likely: 2_700, worst: 5_400 },
  airborneStartS: { best: 60, likely: 180, worst: 600 },
  kmh: { best: 230, likely: 200, worst: 160 },
  landingS: { best: 120, likely: 300, worst: 900 },
} as const;

/**
 * Share of a road's stated speed that vehicles really keep. Routed times are those of a dry road without stops:
 * Bunia to Beni takes 4.7 h on a fine graph, 3.0 h in a router's. Walking pace on a road is known from those who
 * went there, and is taken as it is.
 */
function keptShare(statedKmh: number): number {
  const share = (statedKmh - 20) / 40;
  return 1 - 0.36 * Math.max(0, Math.min(1, share));
}

/** Seconds for a stretch of road of a rank and a stated speed. */
export function roadSeconds(
  stretch: { readonly lengthM: number; readonly kmh: number; readonly rank: Rank },
  vehicle: Ground,
  { isNight, isWet }: Conditions,
): Band {
  const { kmh, wet, night } = groundSpeeds[vehicle];
  const { rank } = stretch;
  const hindered = (isWet ? wet[rank] : 1) * (isNight ? night : 1);
  const free = Math.min(stretch.kmh, kmh[rank]);
  const kept = Math.min(stretch.kmh * keptShare(stretch.kmh), kmh[rank]);
  const likely = (stretch.lengthM / kept / hindered) * 3.6;
  return {
    best: Math.min((stretch.lengthM / free / hindered) * 3.6, 0.9 * likely),
    likely,
    worst: likely * worstOf[rank],
  };
}

/** Across country to or from a road: at best the vehicle finds a track, likely people walk. */
export function offRoadSeconds(metres: number, vehicle: Ground): Band {
  const way = metres * footDetour;
  const driven = groundSpeeds[vehicle].offRoadKmh;
  return {
    best: (way / Math.max(driven, footKmh.best)) * 3.6,
    likely: (way / footKmh.likely) * 3.6,
    worst: (way / footKmh.worst) * 3.6,
  };
}

export function flightSeconds(metres: number, isAirborne: boolean): Band {
  const start = isAirborne ? flight.airborneStartS : flight.startS;
  const leg = (which: keyof Band): number =>
    start[which] + (metres / flight.kmh[which]) * 3.6 + flight.landingS[which];
  return { best: leg('best'), likely: leg('likely'), worst: leg('worst') };
}

export function addBands(...bands: readonly Band[]): Band {
  const sum = (which: keyof Band): number => bands.reduce((total, band) => total + band[which], 0);
  return { best: sum('best'), likely: sum('likely'), worst: sum('worst') };
}

/**
 * Whether it is the wet season, by latitude and month (UTC): north of the equator April to October, south of it
 * November to April, within three degrees of it March to May and September to November.
 */
export function isWetSeason(lat: number, atMs: number): boolean {
  const month = new Date(atMs).getUTCMonth() + 1;
  if (Math.abs(lat) < 3) return (month >= 3 && month <= 5) || (month >= 9 && month <= 11);
  return lat > 0 ? month >= 4 && month <= 10 : month >= 11 || month <= 4;
}
