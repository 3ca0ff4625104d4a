import type { Sector } from '../../shared/model/mission.ts';
import type { PaperPoint } from '../reports/paper.ts';
import { type Html, markup } from './docs-html.ts';

/** Units of the drawing; the page makes it as wide as the sheet. */
const width = 700;
const mostHeight = 900;
const margin = 30;
const kmPerDeg = 111.2;
/** More names than this hide each other. */
const mostLabels = 80;

/** A map without tiles and without script: sectors in outline, bases, units and alerts where they are. */
export function paperMap(
  points: readonly PaperPoint[],
  sectors: readonly Sector[],
  title: string,
): { readonly svg: Html; readonly km: number } | undefined {
  if (points.length === 0) return undefined;
  const [west, east] = widened(points.map(({ lon }) => lon));
  const [south, north] = widened(points.map(({ lat }) => lat));
  const perDegree = Math.max(0.01, Math.cos((((south + north) / 2) * Math.PI) / 180));
  const perLat = Math.min(
    (width - 2 * margin) / ((east - west) * perDegree),
    (mostHeight - 2 * margin) / (north - south),
  );
  const height = Math.round((north - south) * perLat + 2 * margin);
  const x = (lon: number): number => round(margin + (lon - west) * perDegree * perLat);
  const y = (lat: number): number => round(margin + (north - lat) * perLat);
  const outlines = sectors.flatMap(ringsOf).map((ring) => {
    const line = ring.map(([lon, lat], index) => `${index === 0 ? 'M' : 'L'}${x(lon)} ${y(lat)}`).join('');
    return markup`<path d="${line}Z" fill="none" stroke="#888" stroke-dasharray="4 3"/>`;
  });
  const marks = points.map((point, index) => {
    const label = index < mostLabels || point.kind === 'alert' ? point.label : '';
    return mark(point, x(point.lon), y(point.lat), label);
  });
  return {
    km: Math.round((width / perLat) * kmPerDeg),
    svg: markup`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">
<rect width="${width}" height="${height}" fill="#fff"/>
${outlines}
${marks}
</svg>`,
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** From the least to the most, with room around; never less than about 5 km. */
function widened(values: readonly number[]): [number, number] {
  const least = values.reduce((a, b) => Math.min(a, b));
  const most = values.reduce((a, b) => Math.max(a, b));
  const room = Math.max(0.025 - (most - least) / 2, (most - least) * 0.02);
  return [least - room, most + room];
}

/** Outer rings; a sector that is the whole world has no outline worth drawing. */
function ringsOf({ geometry }: Sector): ReadonlyArray<ReadonlyArray<readonly [number, number, ...number[]]>> {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return polygons
    .flatMap(([outer]) => (outer ? [outer] : []))
    .filter((ring) => !ring.some(([lon]) => Math.abs(lon) >= 180));
}

function mark({ kind }: PaperPoint, x: number, y: number, label: string): Html {
  const shape =
    kind === 'base'
      ? markup`<rect x="${round(x - 4)}" y="${round(y - 4)}" width="8" height="8" fill="#fff" stroke="#000" stroke-width="1.5"/>`
      : kind === 'alert'
        ? markup`<path d="M${x} ${round(y - 6)}l6 11h-12z" fill="#000"/>`
        : markup`<circle cx="${x}" cy="${y}" r="3" fill="#444"/>`;
  const text =
    label === '' ? markup`` : markup`<text x="${round(x + 7)}" y="${round(y + 3)}">${label}</text>`;
  return markup`${shape}${text}`;
}
