/** A track as snapshots keep it: its rows one after another, as track.ts has them in memory. */
export interface PackedTrack {
  readonly devices: readonly string[];
  /** How many fixes. */
  readonly length: number;
  readonly bytes: Uint8Array;
}
