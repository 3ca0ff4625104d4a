import { decimalText, dmsText, mgrsText } from '../../shared/geo/coordinates.ts';
import type { Preferences } from '../../shared/model/preferences.ts';
import type { MapPoint } from '../store/selection.svelte.ts';

type Format = Preferences['coordinates'];
export const coordinateFormats: readonly Format[] = ['mgrs', 'dms', 'decimal'];

/** A position in one notation. Where MGRS ends, near the poles, decimals stand in for it. */
export function pointText({ lon, lat }: MapPoint, format: Format, decimals = 5): string {
  if (format === 'dms') return dmsText(lon, lat);
  const decimal = decimalText(lon, lat, decimals);
  return format === 'mgrs' ? (mgrsText(lon, lat) ?? decimal) : decimal;
}

/** The notation that stands beside the chosen one: the one that others are likeliest to send. */
export function otherFormat(format: Format): Format {
  return format === 'mgrs' ? 'decimal' : 'mgrs';
}

export function nextFormat(format: Format): Format {
  const next = coordinateFormats[(coordinateFormats.indexOf(format) + 1) % coordinateFormats.length];
  return next ?? 'mgrs';
}
