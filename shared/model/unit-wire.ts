/** What stays the same about a unit while it moves, as an audience may know it. */
export interface UnitAbout {
  readonly id: string;
  readonly kind: string;
  readonly callsign?: string;
  readonly sector?: string;
  readonly reportEveryS: number;
  readonly staleAfterS: number;
  readonly capabilities?: readonly string[];
  readonly unregistered?: true;
  /** Shown without detail: position and kind. */
  readonly plain?: true;
}

/** What a device says beside its position; absent where it is not known. */
export interface UnitDetail {
  readonly altitudeM?: number;
  readonly accuracyM?: number;
  readonly batteryPct?: number;
  /** Received minus fix time, seconds; negative: the device's clock is ahead. */
  readonly delayS?: number;
}
