import type { Km } from './island-plane.ts';

/** A height over the plane; the shore is where it is 0. */
export type HeightField = (x: number, y: number) => number;

export interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/**
 * The closed lines where `height` crosses 0 inside a box, longest first (marching squares). Each ring ends on
 * its first point and never crosses itself, which bending a circle would not promise. Heights on the box's
 * edge must be below 0, or the lines that leave the box are dropped.
 */
export function contourRings(height: HeightField, box: Box, stepKm: number): Km[][] {
  return joinRings(crossingSegments(height, box, stepKm)).sort((a, b) => b.length - a.length);
}

interface Crossing {
  readonly key: string;
  readonly point: Km;
}

/** Every piece of shore, from its start to the crossing that follows it with the high ground on the left. */
function crossingSegments(
  height: HeightField,
  box: Box,
  step: number,
): Map<string, Crossing & { next: string }> {
  const columns = Math.ceil((box.east - box.west) / step);
  const rows = Math.ceil((box.north - box.south) / step);
  const heights = sampleHeights(height, box, step, columns, rows);
  const at = (column: number, row: number): number => heights[row * (columns + 1) + column] ?? -1;
  const segments = new Map<string, Crossing & { next: string }>();
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const corners = [at(column, row), at(column + 1, row), at(column + 1, row + 1), at(column, row + 1)];
      const toPoint = (x: number, y: number): Km => [box.west + x * step, box.south + y * step];
      addCellSegments(segments, column, row, corners, toPoint);
    }
  }
  return segments;
}

function sampleHeights(
  height: HeightField,
  box: Box,
  step: number,
  columns: number,
  rows: number,
): Float64Array {
  const heights = new Float64Array((columns + 1) * (rows + 1));
  for (let row = 0; row <= rows; row += 1) {
    for (let column = 0; column <= columns; column += 1) {
      heights[row * (columns + 1) + column] = height(box.west + column * step, box.south + row * step);
    }
  }
  return heights;
}

const cornerOffsets = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
] as const;

/**
 * Walk the four sides anticlockwise. Where a side goes from high to low ground a piece of shore enters the
 * cell, and it leaves by the next side, clockwise, that goes from low to high: a saddle so yields two pieces
 * that do not meet.
 */
function addCellSegments(
  segments: Map<string, Crossing & { next: string }>,
  column: number,
  row: number,
  corners: readonly number[],
  toPoint: (x: number, y: number) => Km,
): void {
  const isHigh = corners.map((value) => value > 0);
  for (let side = 0; side < 4; side += 1) {
    if (isHigh[side] !== true || isHigh[(side + 1) % 4] === true) continue;
    let exit = (side + 3) % 4;
    while (isHigh[exit] === true || isHigh[(exit + 1) % 4] !== true) exit = (exit + 3) % 4;
    const start = crossingOf(column, row, exit, corners, toPoint);
    const end = crossingOf(column, row, side, corners, toPoint);
    segments.set(end.key, { ...end, next: start.key });
  }
}

/** The crossing on one side of a cell, under a key that the neighbour on that side finds as well. */
function crossingOf(
  column: number,
  row: number,
  side: number,
  corners: readonly number[],
  toPoint: (x: number, y: number) => Km,
): Crossing {
  const [fromX, fromY] = cornerOffsets[side as 0 | 1 | 2 | 3];
  const [toX, toY] = cornerOffsets[((side + 1) % 4) as 0 | 1 | 2 | 3];
  const from = corners[side] ?? 0;
  const part = from / (from - (corners[(side + 1) % 4] ?? 0));
  const x = column + fromX + (toX - fromX) * part;
  const y = row + fromY + (toY - fromY) * part;
  const isLevel = fromY === toY;
  const key = `${isLevel ? 'h' : 'v'}${column + Math.min(fromX, toX)},${row + Math.min(fromY, toY)}`;
  return { key, point: toPoint(x, y) };
}

function joinRings(segments: Map<string, Crossing & { next: string }>): Km[][] {
  const rings: Km[][] = [];
  while (segments.size > 0) {
    const [firstKey] = segments.keys();
    const ring: Km[] = [];
    let key: string | undefined = firstKey;
    while (key !== undefined) {
      const segment: (Crossing & { next: string }) | undefined = segments.get(key);
      if (segment === undefined) break;
      ring.push(segment.point);
      segments.delete(key);
      key = segment.next;
    }
    const start = ring[0];
    if (start !== undefined && key === firstKey && ring.length > 8) rings.push([...ring, start]);
  }
  return rings;
}
