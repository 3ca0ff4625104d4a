/** A smooth field over the plane: near points have near values, far points have unrelated ones; -1 to 1. */
export type NoiseField = (x: number, y: number) => number;

/** Layered gradient noise: `octaves` fields, each twice as fine and `gain` times as strong as the last. */
export function makeFractalNoise(seed: number, octaves: number, gain: number): NoiseField {
  return (x, y) => {
    let sum = 0;
    let strength = 1;
    let scale = 1;
    for (let octave = 0; octave < octaves; octave += 1) {
      sum += strength * gradientNoise(seed + octave * 1013, x * scale, y * scale);
      strength *= gain;
      scale *= 2;
    }
    return sum;
  };
}

/** 256 unit vectors, x and y in turn: a table, as sine and cosine for every sample doubled the time. */
const directions = Float64Array.from({ length: 512 }, (_, index) => {
  const angle = ((index >> 1) * Math.PI) / 128;
  return index % 2 === 0 ? Math.cos(angle) : Math.sin(angle);
});

/**
 * Perlin's construction: a slope on each whole-number corner, blended so that value and slope are continuous.
 */
function gradientNoise(seed: number, x: number, y: number): number {
  const left = Math.floor(x);
  const bottom = Math.floor(y);
  const dx = x - left;
  const dy = y - bottom;
  const u = ease(dx);
  const v = ease(dy);
  const low = mix(slope(seed, left, bottom, dx, dy), slope(seed, left + 1, bottom, dx - 1, dy), u);
  const high = mix(
    slope(seed, left, bottom + 1, dx, dy - 1),
    slope(seed, left + 1, bottom + 1, dx - 1, dy - 1),
    u,
  );
  return mix(low, high, v) * 1.5;
}

function slope(seed: number, column: number, row: number, dx: number, dy: number): number {
  let hash = Math.imul(column, 0x27d4eb2d) ^ Math.imul(row, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  const direction = ((hash ^ (hash >>> 16)) & 0xff) << 1;
  return (directions[direction] ?? 0) * dx + (directions[direction + 1] ?? 0) * dy;
}

function ease(t: number): number {
  return t * t * t * (t * (t * 6 - 15) + 10);
}

function mix(from: number, to: number, part: number): number {
  return from + (to - from) * part;
}
