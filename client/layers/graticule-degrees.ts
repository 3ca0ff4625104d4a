import type { BboxOf } from '../../shared/geo/area.ts';
import { lastWhole, stepsWithin, type Graticule, type GridLabel, type GridLine } from './graticule-lines.ts';

/** Steps of the grid in minutes of arc, widest first. */
const stepsMinutes = [1_800, 1_200, 600, 300, 120, 60, 30, 15, 10, 5, 2, 1] as const;
/** About so many lines across the longer side of a view. */
const linesAcross = 9;

/** Meridians and parallels of a view, named in degrees and minutes at its western and northern edge. */
export function degreeGrid([west, south, east, north]: BboxOf): Graticule {
  const span = Math.max(east - west, north - south) * 60;
  const step = lastWhole(stepsMinutes, (minutes) => span / minutes <= linesAcross) / 60;
  const [bottom, top] = [Math.max(-85, south), Math.min(85, north)];
  const lines: GridLine[] = [];
  const labels: GridLabel[] = [];
  for (const lon of stepsWithin(west, east, step)) {
    lines.push({ path: [[lon, bottom], [lon, top]], isMajor: Math.abs(lon) < 1e-9 }); // prettier-ignore
    labels.push({ lon, lat: top, text: named(lon, 'E', 'W'), side: 'top' });
  }
  for (const lat of stepsWithin(bottom, top, step)) {
    lines.push({ path: [[west, lat], [east, lat]], isMajor: Math.abs(lat) < 1e-9 }); // prettier-ignore
    labels.push({ lon: west, lat, text: named(lat, 'N', 'S'), side: 'left' });
  }
  return { lines, labels };
}

/** `30° 15′ E`; longitudes beyond the antimeridian are those of the other side. */
function named(degrees: number, positive: string, negative: string): string {
  const turned = positive === 'E' ? ((((degrees + 180) % 360) + 360) % 360) - 180 : degrees;
  const minutes = Math.round(Math.abs(turned) * 60);
  const rest = minutes % 60;
  const letter = minutes === 0 || minutes === 10_800 ? '' : ` ${turned > 0 ? positive : negative}`;
  return `${Math.floor(minutes / 60)}°${rest === 0 ? '' : ` ${String(rest).padStart(2, '0')}′`}${letter}`;
}
