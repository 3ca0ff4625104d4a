export type LonLat = readonly [lon: number, lat: number];

export interface GridLine {
  readonly path: readonly LonLat[];
  /** The edges of zones and of 100 km squares, the equator and the zero meridian. */
  readonly isMajor: boolean;
}
export interface GridLabel {
  readonly lon: number;
  readonly lat: number;
  readonly text: string;
  /** Which edge of the view it stands at; the middle of a square otherwise. */
  readonly side: 'left' | 'top' | 'bottom' | 'middle';
}
/** Lines over the ground by which positions are told, and what is written beside them. */
export interface Graticule {
  readonly lines: readonly GridLine[];
  readonly labels: readonly GridLabel[];
}
export const noGraticule: Graticule = { lines: [], labels: [] };

/** Multiples of a step from one value to another, both included; whole numbers are counted, so nothing adds up. */
export function stepsWithin(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => (first + index) * step);
}

/** The last of a falling list, from its beginning on, for which something holds; the first where none does. */
export function lastWhole(falling: readonly number[], holds: (value: number) => boolean): number {
  let found = falling[0] ?? 1;
  for (const value of falling) {
    if (!holds(value)) break;
    found = value;
  }
  return found;
}
