/**
 * Milliseconds since 1970 of an RFC 3339 time with an offset (seconds may be left out), or undefined. Reads the
 * characters itself: it is asked for every position. Fractions finer than a millisecond are cut off.
 */
export function parseTime(time: unknown): number | undefined {
  if (typeof time !== 'string' || time.length > 40 || time.length < 17) return undefined;
  const year = two(time, 0) * 100 + two(time, 2);
  const month = two(time, 5);
  const day = two(time, 8);
  const minutes = two(time, 11) * 60 + two(time, 14);
  // Not a number anywhere makes the sum not a number.
  if (Number.isNaN(year + month + day + minutes)) return undefined;
  if (time[4] !== '-' || time[7] !== '-' || time[10] !== 'T' || time[13] !== ':') return undefined;
  if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return undefined;
  if (two(time, 11) > 23 || two(time, 14) > 59) return undefined;
  const withSeconds = time[16] === ':';
  const seconds = withSeconds ? two(time, 17) : 0;
  if (!(seconds <= 59)) return undefined;
  const fraction = withSeconds && time[19] === '.' ? readFraction(time, 20) : noFraction;
  const zoneAt = withSeconds ? 19 + fraction.characters : 16;
  const offset = offsetMinutes(time, zoneAt);
  if (offset === undefined || fraction.characters === 1) return undefined;
  return ((daysSince1970(year, month, day) * 1440 + minutes - offset) * 60 + seconds) * 1000 + fraction.ms;
}

/** Two digits as a number; NaN for anything else. */
function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}

interface Fraction {
  readonly ms: number;
  /** Length with its point. */
  readonly characters: number;
}

const noFraction: Fraction = { ms: 0, characters: 0 };

function readFraction(text: string, from: number): Fraction {
  let ms = 0;
  let at = from;
  for (let worth = 100; at < text.length; at++, worth = Math.floor(worth / 10)) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) break;
    ms += digit * worth;
  }
  return { ms, characters: at - from + 1 };
}

function offsetMinutes(text: string, at: number): number | undefined {
  if (text[at] === 'Z') return text.length === at + 1 ? 0 : undefined;
  if ((text[at] !== '+' && text[at] !== '-') || text.length !== at + 6 || text[at + 3] !== ':')
    return undefined;
  const hours = two(text, at + 1);
  const minutes = two(text, at + 4);
  if (!(hours <= 23 && minutes <= 59)) return undefined;
  return (hours * 60 + minutes) * (text[at] === '-' ? -1 : 1);
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function daysOf(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : (monthDays[month - 1] ?? 0);
}

/** Days of the Gregorian calendar, counted in years that begin in March, so that the leap day comes last. */
function daysSince1970(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const marchMonth = month > 2 ? month - 3 : month + 9;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leapDays + Math.floor((153 * marchMonth + 2) / 5) + day - 1 - 719_468;
}
