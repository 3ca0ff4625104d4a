import type { TrackFix } from '../../server/cli/play/track-fix.ts';

type Habit = 'vehicle' | 'foot' | 'halted' | 'helicopter';
const habits: ReadonlyArray<readonly [habit: Habit, share: number, speedMps: number, turnDeg: number]> = [
  ['vehicle', 0.5, 11, 8],
  ['foot', 0.2, 1.3, 20],
  ['halted', 0.22, 0, 0],
  ['helicopter', 0.08, 55, 3],
];
const metresPerDegree = 111_319;

export interface NoisyPlan {
  readonly seed: number;
  readonly units: number;
  readonly seconds: number;
  /** Each unit reports at one of these, by turns. */
  readonly everyS: readonly number[];
}

export const noisyHalfHour: NoisyPlan = { seed: 20_051, units: 300, seconds: 1_800, everyS: [1, 10, 30] };

/**
 * Made-up tracks as GPS tells them, in order of time: vehicles on winding roads, foot patrols, halted units, helicopters,
 * each fix 3 to 5 m off, with speed and course as noisy. The same for the same seed.
 */
export function noisyTracks({ seed, units, seconds, everyS }: NoisyPlan): TrackFix[] {
  const fixes: TrackFix[] = [];
  for (let unit = 0; unit < units; unit++) {
    const random = randomFrom(seed * 7_919 + unit);
    const step = everyS[unit % everyS.length] ?? 1;
    fixes.push(...oneTrack(`unit-${unit}`, random, seconds, step));
  }
  return fixes.sort((a, b) => a.atMs - b.atMs);
}

function oneTrack(unit: string, random: () => number, seconds: number, stepS: number): TrackFix[] {
  const [, , cruiseMps, turnDeg] = habitAt(random());
  const errorM = 3 + 2 * random();
  let [lon, lat, course] = [27 + 4 * random(), 4 * random() - 2, 360 * random()];
  let [speed, bend] = [cruiseMps, 0];
  const fixes: TrackFix[] = [];
  for (let atS = Math.floor(random() * stepS); atS < seconds; atS += stepS) {
    for (let s = 0; s < stepS; s++) {
      // A road bends for a while, then the other way; a driver brakes into it.
      bend = 0.9 * bend + 0.1 * turnDeg * normal(random) * 2;
      course = (course + bend + 360) % 360;
      speed += 0.1 * (cruiseMps * (1 - Math.min(0.6, Math.abs(bend) / 20)) - speed) + 0.1 * normal(random);
      if (cruiseMps === 0) speed = 0;
      const turned = (course * Math.PI) / 180;
      lat += (speed * Math.cos(turned)) / metresPerDegree;
      lon += (speed * Math.sin(turned)) / metresPerDegree / Math.cos((lat * Math.PI) / 180);
    }
    fixes.push({
      unit,
      atMs: atS * 1_000 + Math.floor(random() * 1_000),
      lat: lat + (errorM * normal(random)) / 1.5 / metresPerDegree,
      lon: lon + (errorM * normal(random)) / 1.5 / metresPerDegree,
      speedMps: Math.max(0, speed + 0.2 * normal(random)),
      // A receiver that stands still keeps the last course.
      courseDeg: (course + (speed < 0.5 ? 0 : 3 * normal(random)) + 360) % 360,
    });
  }
  return fixes;
}

function habitAt(share: number): (typeof habits)[number] {
  let sum = 0;
  for (const habit of habits) {
    sum += habit[1];
    if (share < sum) return habit;
  }
  return ['halted', 0, 0, 0];
}

/** Numbers between 0 and 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** About a standard normal number: four uniform ones. */
function normal(random: () => number): number {
  return (random() + random() + random() + random() - 2) * Math.sqrt(3);
}
