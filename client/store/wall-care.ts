import { zoneHours } from '../../shared/messages/format.ts';

/** How long a wall stands in one place. */
const orbitEveryMs = 4 * 60_000;
/** The way round: every step goes to a neighbour, so that no jump is wide. */
const orbit = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [-1, -1],
  [0, -1],
  [1, -1],
] as const;

/** How far everything on a wall stands from its place, so that no edge burns into the screen; pixels. */
export function orbitAt(nowMs: number, radiusPx: number): { readonly x: number; readonly y: number } {
  const step = Math.floor(Math.max(0, nowMs) / orbitEveryMs) % orbit.length;
  const [x, y] = orbit[step] ?? orbit[0];
  return { x: x * radiusPx, y: y * radiusPx };
}

/** Whether it is night where the mission is: from 20:00 to 06:00 in its own time. */
export function isNight(nowMs: number, zoneLetter: string | undefined): boolean {
  const hour = (((nowMs / 3_600_000 + zoneHours(zoneLetter ?? 'Z')) % 24) + 24) % 24;
  return hour >= 20 || hour < 6;
}
