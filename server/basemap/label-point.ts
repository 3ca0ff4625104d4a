import type { MultiPolygon, Polygon, Position } from 'geojson';

/** Where a name fits best, and how much room there is: area in square degrees as they are on the ground. */
export interface LabelPoint {
  readonly lon: number;
  readonly lat: number;
  readonly area: number;
}

const gridSize = 24;

/**
 * The roomiest point of the largest part of an area: of a grid of points inside it the one furthest from its
 * edge, counting height double as names are wide. A centroid would put Somalia's name into Ethiopia.
 */
export function findLabelPoint(geometry: Polygon | MultiPolygon): LabelPoint | undefined {
  const outlines =
    geometry.type === 'Polygon' ? [geometry.coordinates[0]] : geometry.coordinates.map(([ring]) => ring);
  let largest: Position[] = [];
  let area = 0;
  for (const outline of outlines) {
    const size = groundArea(outline ?? []);
    if (outline === undefined || size <= area) continue;
    largest = outline;
    area = size;
  }
  const spot = roomiestPoint(largest);
  return spot === undefined ? undefined : { lon: ((spot[0] + 540) % 360) - 180, lat: spot[1], area };
}

function roomiestPoint(ring: readonly Position[]): [number, number] | undefined {
  const thin = ring.filter((_, index) => index % Math.ceil(ring.length / 400) === 0);
  const lons = thin.map(([lon = 0]) => lon);
  const lats = thin.map(([, lat = 0]) => lat);
  const [west, east] = [Math.min(...lons), Math.max(...lons)];
  const [south, north] = [Math.min(...lats), Math.max(...lats)];
  let best: [number, number] | undefined;
  let bestRoom = 0;
  for (let index = 0; index < gridSize * gridSize; index += 1) {
    const lon = west + ((east - west) * ((index % gridSize) + 0.5)) / gridSize;
    const lat = south + ((north - south) * (Math.floor(index / gridSize) + 0.5)) / gridSize;
    if (!isInside(lon, lat, thin)) continue;
    const room = roomAt(lon, lat, thin);
    if (room > bestRoom) [bestRoom, best] = [room, [lon, lat]];
  }
  return best;
}

/** Distance to the nearest edge, with height counted double. */
function roomAt(lon: number, lat: number, ring: readonly Position[]): number {
  const narrowing = Math.cos((lat * Math.PI) / 180);
  const points = ring.map(([x = 0, y = 0]) => ({ x: (x - lon) * narrowing, y: (y - lat) * 2 }));
  return Math.min(...points.map((to, index) => toOrigin(points.at(index - 1) ?? to, to)));
}

interface Flat {
  readonly x: number;
  readonly y: number;
}

/** Distance from the origin to a stretch. */
function toOrigin(from: Flat, to: Flat): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const square = dx * dx + dy * dy;
  const part = square === 0 ? 0 : Math.max(0, Math.min(1, -(from.x * dx + from.y * dy) / square));
  return Math.hypot(from.x + part * dx, from.y + part * dy);
}

function isInside(lon: number, lat: number, ring: readonly Position[]): boolean {
  let inside = false;
  ring.forEach(([x = 0, y = 0], index) => {
    const [beforeX = 0, beforeY = 0] = ring.at(index - 1) ?? [];
    if (y > lat !== beforeY > lat && lon < x + ((beforeX - x) * (lat - y)) / (beforeY - y)) inside = !inside;
  });
  return inside;
}

function groundArea(ring: readonly Position[]): number {
  let sum = 0;
  let lats = 0;
  ring.forEach(([x = 0, y = 0], index) => {
    const [beforeX = 0, beforeY = 0] = ring.at(index - 1) ?? [];
    sum += beforeX * y - x * beforeY;
    lats += y;
  });
  return Math.abs(sum / 2) * Math.cos(((lats / Math.max(1, ring.length)) * Math.PI) / 180);
}
