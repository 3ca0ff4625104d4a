import type { Priority } from '../../shared/model/alert-lists.ts';

/** Red, green, blue, alpha, each 0 to 255. */
export type Rgba = readonly [number, number, number, number];

/** Every colour on the map. Each meaning has a shape of its own as well: see icons.ts. */
export const colours = {
  ground: [11, 17, 24, 255],
  halo: [11, 17, 24, 230],
  text: [232, 238, 244, 255],
  quiet: [157, 176, 194, 255],
  unit: [90, 169, 230, 255],
  old: [255, 178, 36, 255],
  P1: [255, 97, 84, 255],
  P2: [255, 178, 36, 255],
  P3: [233, 223, 155, 255],
  P4: [157, 176, 194, 255],
  threat: [199, 155, 255, 255],
  threatText: [214, 184, 255, 255],
  place: [125, 146, 166, 255],
  sector: [92, 116, 140, 110],
  selected: [255, 255, 255, 255],
  point: [255, 255, 255, 255],
} as const satisfies Record<string, Rgba>;

export function priorityColour(priority: Priority): Rgba {
  return colours[priority];
}

/** The same colour, weaker. */
export function withAlpha([red, green, blue]: Rgba, alpha: number): Rgba {
  return [red, green, blue, alpha];
}

/** Every size on the map in CSS pixels at scale 1; a wall multiplies them. */
export const sizes = {
  unit: 26,
  alert: { P1: 46, P2: 44, P3: 40, P4: 38 } satisfies Record<Priority, number>,
  alertClosed: 18,
  place: 18,
  placing: 30,
  selectionRing: 22,
  /** Half of the box around a mark that no label may enter. */
  clearUnit: 10,
  clearAlert: 19,
  clearPlace: 7,
  text: { alert: 13, unit: 12.5, hexagon: 13, threat: 11.5, place: 11.5, sector: 11 },
} as const;

export const fontFamily = 'Inter Variable';

/** Border of a threat area by impact 1 to 5, pixels. */
export function threatBorder(impact: number): number {
  return 0.9 + impact * 0.45;
}

/** Hatching by level 1 to 25: five densities, dense enough to tell apart in greyscale. */
export const hatches = {
  'hatch-1': { type: 'hatch', angle: 45, strokeWidth: 1.2, gap: 17 },
  'hatch-2': { type: 'hatch', angle: 45, strokeWidth: 1.2, gap: 12.5 },
  'hatch-3': { type: 'hatch', angle: 45, strokeWidth: 1.3, gap: 9 },
  'hatch-4': { type: 'hatch', angle: 45, strokeWidth: 1.4, gap: 6.4 },
  'hatch-5': { type: 'hatch', angle: 45, strokeWidth: 1.6, gap: 4.4 },
} as const;

export function hatchOfLevel(level: number): keyof typeof hatches {
  const step = Math.min(5, Math.max(1, Math.ceil(level / 5)));
  return `hatch-${step as 1 | 2 | 3 | 4 | 5}`; // clamped above
}
