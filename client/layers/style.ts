import type { Priority } from '../../shared/model/alert-lists.ts';

/** Red, green, blue, alpha, each 0 to 255. */
export type Rgba = readonly [number, number, number, number];

/** The two grounds a map is drawn on. */
export type Theme = 'dark' | 'bright';

/** Every colour on the map. Each meaning has a shape of its own as well: see icon-drawings.ts. */
export interface Palette {
  readonly ground: Rgba;
  readonly halo: Rgba;
  readonly plate: Rgba;
  readonly plateEdge: Rgba;
  readonly text: Rgba;
  readonly quiet: Rgba;
  readonly unit: Rgba;
  /** What is drawn upon the fill of a unit. */
  readonly onUnit: Rgba;
  readonly old: Rgba;
  readonly P1: Rgba;
  readonly P2: Rgba;
  readonly P3: Rgba;
  readonly P4: Rgba;
  readonly threat: Rgba;
  readonly threatText: Rgba;
  readonly place: Rgba;
  readonly sector: Rgba;
  readonly selected: Rgba;
  readonly point: Rgba;
}

const dark: Palette = {
  ground: [11, 17, 24, 255],
  halo: [11, 17, 24, 230],
  plate: [11, 17, 24, 215],
  plateEdge: [157, 176, 194, 70],
  text: [232, 238, 244, 255],
  quiet: [157, 176, 194, 255],
  unit: [90, 169, 230, 255],
  onUnit: [5, 14, 24, 255],
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
};

/** The same meanings in sunlight: text 4.5:1 and marks 3:1 against light land and water. */
const bright: Palette = {
  ground: [255, 255, 255, 255],
  halo: [255, 255, 255, 240],
  plate: [255, 255, 255, 235],
  plateEdge: [71, 89, 106, 120],
  text: [15, 28, 40, 255],
  quiet: [60, 77, 94, 255],
  unit: [15, 95, 158, 255],
  onUnit: [255, 255, 255, 255],
  old: [143, 82, 0, 255],
  P1: [204, 37, 24, 255],
  P2: [176, 92, 0, 255],
  P3: [122, 111, 0, 255],
  P4: [84, 102, 120, 255],
  threat: [116, 57, 194, 255],
  threatText: [82, 35, 143, 255],
  place: [74, 93, 112, 255],
  sector: [70, 92, 116, 150],
  selected: [10, 20, 30, 255],
  point: [10, 20, 30, 255],
};

const palettes: Readonly<Record<Theme, Palette>> = { dark, bright };

export function paletteOf(theme: Theme): Palette {
  return palettes[theme];
}

/** A colour as canvases and style sheets write it. */
export function css([red, green, blue, alpha]: Rgba): string {
  return `rgba(${red}, ${green}, ${blue}, ${alpha / 255})`;
}

/** Files of an operator's own, one after another: none of them a colour that means something here. */
const mine: Readonly<Record<Theme, readonly Rgba[]>> = {
  dark: [
    [72, 209, 204, 255],
    [255, 138, 200, 255],
    [190, 220, 90, 255],
    [222, 190, 150, 255],
  ],
  bright: [
    [0, 108, 110, 255],
    [165, 20, 110, 255],
    [84, 98, 0, 255],
    [120, 75, 30, 255],
  ],
};
export function privateColours(theme: Theme): readonly Rgba[] {
  return mine[theme];
}

/** The same colour, weaker. */
export function withAlpha([red, green, blue]: Rgba, alpha: number): Rgba {
  return [red, green, blue, alpha];
}

/** Every size on the map in CSS pixels at scale 1; a wall multiplies them. */
export const sizes = {
  unit: 26,
  /** Side of the cell of an APP-6 symbol: the frame is less than half of it, the course tick needs the rest. */
  unitSymbol: 76,
  alert: { P1: 46, P2: 44, P3: 40, P4: 38 } satisfies Record<Priority, number>,
  alertClosed: 18,
  place: 18,
  placing: 30,
  selectionRing: 22,
  /** Half of the box around a mark that no label may enter. */
  clearUnit: 10,
  clearSymbol: 13,
  clearAlert: 19,
  clearPlace: 7,
  text: { alert: 13, unit: 12.5, crumb: 11, hexagon: 13, threat: 11.5, place: 11.5, sector: 11 },
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
