import type { Motion } from './reckoning.ts';
import type { Rgba } from './style.ts';

/** A piece of a label in one weight and colour; pieces stand side by side. */
export interface LabelPart {
  readonly text: string;
  readonly strong: boolean;
  readonly colour: Rgba;
}

/** A text that would like to stand by a mark at `lon, lat`. */
export interface LabelWish {
  readonly id: string;
  readonly lon: number;
  readonly lat: number;
  /** For a label of a unit under way: its fix, and how it goes on from there. `lon, lat` is where that led by now. */
  readonly anchor?: { readonly lon: number; readonly lat: number; readonly motion: Motion };
  readonly parts: readonly LabelPart[];
  readonly size: number;
  /** Half of the mark's own box: the label stands outside it. 0 puts the label over the point. */
  readonly clear: number;
  /** Whether it stands above its mark rather than below where it can choose: below, something else is drawn. */
  readonly isAbove?: boolean;
  /** Higher goes first; a label for which there is no room is left out. */
  readonly priority: number;
}

/** Rectangle in pixels of the map: left, top, right, bottom. */
export type Box = readonly [number, number, number, number];

export interface PlacedLabel extends LabelWish {
  /** Left edge and middle line of the text, pixels from the point. */
  readonly dx: number;
  readonly dy: number;
  readonly widths: readonly number[];
}

export interface Room {
  readonly project: (lon: number, lat: number) => readonly [x: number, y: number];
  readonly measure: (part: LabelPart, size: number) => number;
  readonly width: number;
  readonly height: number;
  /** What no label may cover: marks, and the controls that float on the map. */
  readonly taken: readonly Box[];
}

/** Space between two pieces of a label, and round a label, in parts of the text size. */
const gap = 0.42;
const pad = 0.18;
/** Side of a square of the index of taken boxes. */
const bucketPx = 96;

/**
 * Puts labels where there is room: below the mark, else right, left or above; the most important first. A label
 * that has no room is left out rather than drawn over another, so that no call sign is ever half readable.
 * (deck.gl's collision filter knows one position a label and not the marks, and hides more for it.)
 */
export function placeLabels(wishes: readonly LabelWish[], room: Room): PlacedLabel[] {
  const taken = new BoxIndex();
  for (const box of room.taken) taken.add(box);
  const placed: PlacedLabel[] = [];
  const ordered = [...wishes].sort((a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1));
  for (const wish of ordered) {
    const [x, y] = room.project(wish.lon, wish.lat);
    if (x < 0 || y < 0 || x > room.width || y > room.height) continue;
    const widths = wish.parts.map((part) => room.measure(part, wish.size));
    const total = widths.reduce((sum, width) => sum + width, gap * wish.size * (widths.length - 1));
    const spot = spots(wish, total).find(({ dx, dy }) => {
      const box = boxOf(x + dx, y + dy, total, wish.size);
      return inside(box, room) && !taken.hits(box);
    });
    if (!spot) continue;
    taken.add(boxOf(x + spot.dx, y + spot.dy, total, wish.size));
    placed.push({ ...wish, ...spot, widths });
  }
  return placed;
}

/** Where each piece of a placed label begins, pixels from the point. */
export function partOffsets({ dx, widths, size }: PlacedLabel): number[] {
  let left = dx;
  return widths.map((width) => {
    const at = left;
    left += width + gap * size;
    return at;
  });
}

function spots(
  { clear, size, isAbove }: LabelWish,
  width: number,
): ReadonlyArray<{ dx: number; dy: number }> {
  if (clear === 0) return [{ dx: -width / 2, dy: 0 }];
  const away = clear + size * 0.62;
  const aside = clear + size * 0.3;
  const below = isAbove ? -away : away;
  return [
    { dx: -width / 2, dy: below },
    { dx: aside, dy: 0 },
    { dx: -aside - width, dy: 0 },
    { dx: -width / 2, dy: -below },
    { dx: aside * 0.7, dy: away * 0.85 },
    { dx: aside * 0.7, dy: -away * 0.85 },
  ];
}

function boxOf(left: number, middle: number, width: number, size: number): Box {
  const around = pad * size;
  return [left - around, middle - size * 0.56, left + width + around, middle + size * 0.56];
}

function inside([left, top, right, bottom]: Box, { width, height }: Room): boolean {
  return left >= 2 && top >= 2 && right <= width - 2 && bottom <= height - 2;
}

/** Boxes by the squares of a coarse grid they touch. */
class BoxIndex {
  readonly #buckets = new Map<number, Box[]>();

  add(box: Box): void {
    this.#each(box, (key) => {
      const bucket = this.#buckets.get(key);
      if (bucket) bucket.push(box);
      else this.#buckets.set(key, [box]);
      return false;
    });
  }

  hits(box: Box): boolean {
    return this.#each(box, (key) => this.#buckets.get(key)?.some((other) => overlap(box, other)) ?? false);
  }

  #each([left, top, right, bottom]: Box, visit: (key: number) => boolean): boolean {
    for (let column = Math.floor(left / bucketPx); column <= Math.floor(right / bucketPx); column += 1) {
      for (let row = Math.floor(top / bucketPx); row <= Math.floor(bottom / bucketPx); row += 1) {
        if (visit(column * 4096 + row)) return true;
      }
    }
    return false;
  }
}

function overlap(a: Box, b: Box): boolean {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}
