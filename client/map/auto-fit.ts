import { bboxContains, type BboxOf } from '../../shared/geo/area.ts';

/** Part of the frame's size by which things may leave it: the margin of the map holds as much. */
const slack = 0.05;
/** A frame gives way to a smaller one when everything fits into this part of it, both ways. */
const muchSmaller = 0.65;

/**
 * The frame of a map that nobody drives. A map that follows every step of every unit is never at rest: the frame
 * changes when something leaves it, and with the set of things shown when that leaves much of it empty.
 */
export class AutoFit {
  #frame: BboxOf | undefined;
  #things = '';

  /** The frame to show now, given a text that names the things shown and the box around them; the same object as before where it stays. */
  take(things: string, box: BboxOf | undefined): BboxOf | undefined {
    if (!box) return this.#frame;
    const isOther = things !== this.#things;
    this.#things = things;
    const keeps = this.#frame && holds(this.#frame, box) && !(isOther && isMuchSmaller(box, this.#frame));
    if (!keeps) this.#frame = box;
    return this.#frame;
  }
}

function holds([west, south, east, north]: BboxOf, box: BboxOf): boolean {
  const [dLon, dLat] = [(east - west) * slack, (north - south) * slack];
  const wider: BboxOf = [west - dLon, south - dLat, east + dLon, north + dLat];
  return bboxContains(wider, box[0], box[1]) && bboxContains(wider, box[2], box[3]);
}

function isMuchSmaller(box: BboxOf, frame: BboxOf): boolean {
  const share = (low: 0 | 1, high: 2 | 3): number => (box[high] - box[low]) / (frame[high] - frame[low]);
  return share(0, 2) < muchSmaller && share(1, 3) < muchSmaller;
}
