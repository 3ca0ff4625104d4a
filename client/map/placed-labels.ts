import { placeLabels, type Box, type PlacedLabel, type Room } from '../layers/label-placement.ts';
import { labelWishes, markBoxes, type Unlabelled, type Wording } from '../layers/label-wishes.ts';
import { makeMeasure } from './measure.ts';

/** Labels are placed anew no sooner than this after the last time, and so seldom that it takes a tenth of the time. */
const placeEveryMs = 200;
const placeShare = 10;

/** The labels on the map, and when they are to be placed anew. */
export class PlacedLabels {
  readonly #measure = makeMeasure();
  #labels: readonly PlacedLabel[] = [];
  #key = '';
  #areOld = true;
  #notBefore = 0;

  get now(): readonly PlacedLabel[] {
    return this.#labels;
  }

  /** The picture or the camera changed since labels were last placed. */
  changed(): void {
    this.#areOld = true;
  }

  /** The next drawing places them, however short ago they were placed. */
  dueAtOnce(): void {
    this.#areOld = true;
    this.#notBefore = 0;
  }

  get areDue(): boolean {
    return this.#areOld && performance.now() >= this.#notBefore;
  }

  /** Milliseconds until they are due; Infinity where nothing changed. */
  get waitMs(): number {
    return this.#areOld ? Math.max(0, this.#notBefore - performance.now()) : Infinity;
  }

  /** Finds room for the labels; where the outcome is the same as before, the list is kept and nothing is redrawn. */
  place(
    scene: Unlabelled,
    wording: Wording,
    covered: readonly Box[],
    room: Pick<Room, 'project' | 'width' | 'height'>,
  ): void {
    const startedAt = performance.now();
    this.#areOld = false;
    const taken = [...markBoxes(scene, room.project), ...covered];
    const labels = placeLabels(labelWishes(scene, wording), { ...room, measure: this.#measure, taken });
    const key = labels.map(labelKey).join('|');
    const endedAt = performance.now();
    this.#notBefore = endedAt + Math.max(placeEveryMs, placeShare * (endedAt - startedAt));
    if (key === this.#key) return;
    this.#key = key;
    this.#labels = labels;
  }
}

/** A label that moves with its unit is the same label as long as the unit goes on as before. */
function labelKey({ id, lon, lat, anchor, dx, dy, size, parts }: PlacedLabel): string {
  const at = anchor ? `${anchor.lon} ${anchor.lat} ${anchor.motion.join()}` : `${lon} ${lat}`;
  return `${id} ${at} ${Math.round(dx)} ${Math.round(dy)} ${size} ${parts.map(({ text }) => text).join(' ')}`;
}
