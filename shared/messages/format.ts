/** Month names of a date-time group are the same in every language of the staff. */
const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

function two(value: number): string {
  return String(Math.trunc(value)).padStart(2, '0');
}

/** Date-time group in Zulu: `221640Z NOV 26`. */
export function dtg(ms: number): string {
  const at = new Date(ms);
  return `${two(at.getUTCDate())}${hhmm(ms)}Z ${months[at.getUTCMonth()]} ${two(at.getUTCFullYear() % 100)}`;
}

/** Hours and minutes in Zulu without a colon: `1640`. */
export function hhmm(ms: number): string {
  const at = new Date(ms);
  return two(at.getUTCHours()) + two(at.getUTCMinutes());
}

/** Day, month, year of a wall clock: `22 NOV 26`. */
export function dayText(ms: number): string {
  const at = new Date(ms);
  return `${two(at.getUTCDate())} ${months[at.getUTCMonth()]} ${two(at.getUTCFullYear() % 100)}`;
}

/** Zulu time to the second: `16:40:12Z`. */
export function zuluTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(11, 19)}Z`;
}

/** Zulu time to the second, with the day in front when it is not the day of `nowMs`: `21 NOV 16:40:12Z`. */
export function zuluSince(ms: number, nowMs: number): string {
  const sameDay = Math.floor(ms / 86_400_000) === Math.floor(nowMs / 86_400_000);
  return sameDay ? zuluTime(ms) : `${dayText(ms).slice(0, 6)} ${zuluTime(ms)}`;
}

/** Hours that a military time zone letter is ahead of UTC; Z and anything that is not a zone letter is 0. */
export function zoneHours(letter: string): number {
  const east = 'ABCDEFGHIKLM'.indexOf(letter);
  if (letter.length === 1 && east >= 0) return east + 1;
  const west = 'NOPQRSTUVWXY'.indexOf(letter);
  return letter.length === 1 && west >= 0 ? -(west + 1) : 0;
}

/** Local time of a zone with its letter: `18:40 B`. */
export function localTime(ms: number, letter: string): string {
  const at = new Date(ms + zoneHours(letter) * 3_600_000);
  return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())} ${letter}`;
}

/** A clock's reading, `0:47`, `12:40`, `3:05:00`; negative seconds read as time over: `+2:13`. */
export function clockText(seconds: number): string {
  const over = seconds < 0;
  // A clock that is running out shows the second that has begun, so that 0:00 is the moment it is over.
  const whole = over ? Math.floor(-seconds) : Math.ceil(seconds - 1e-6);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const text = hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
  return over ? `+${text}` : text;
}

/** Elapsed time counting up, whole seconds that have passed: `6:12`, `1:05:00`. */
export function elapsedText(seconds: number): string {
  return clockText(Math.floor(Math.max(0, seconds)));
}

/** Letters for units of time: French says `j` for days. */
const dayLetter: Readonly<Record<string, string>> = { en: 'd', fr: 'j' };

/** How old something is, in the one unit that matters: `8 s`, `14 min`, `3 h`, `2 d`. Rounded down. */
export function ageText(seconds: number, language: string): string {
  const [value, unit] = ageParts(Math.max(0, seconds), language);
  return `${value}\u00a0${unit}`;
}

function ageParts(seconds: number, language: string): [number, string] {
  if (seconds < 60) return [Math.floor(seconds), 's'];
  if (seconds < 5_400) return [Math.floor(seconds / 60), 'min'];
  if (seconds < 172_800) return [Math.floor(seconds / 3600), 'h'];
  return [Math.floor(seconds / 86_400), dayLetter[language] ?? 'd'];
}

/** Number with the language's own marks: `2,300`, `2 300`. */
export function numberText(value: number, language: string, digits = 0): string {
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return new Intl.NumberFormat(language, options).format(value);
}

/** What came over a line: `12 kB`, `1.4 MB`, in French `12 ko`. */
export function bytesText(bytes: number, language: string): string {
  const isLarge = bytes >= 999_500;
  const [value, unit] = isLarge ? [bytes / 1e6, 'megabyte'] : [bytes / 1e3, 'kilobyte'];
  const digits = value < 10 ? 1 : 0;
  const options = {
    style: 'unit',
    unit,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  } as const;
  return new Intl.NumberFormat(language, options).format(value).replaceAll(/\s/g, '\u00a0');
}

/** Course of three figures: `043°`. North reads 000. */
export function courseText(degrees: number): string {
  return `${String(Math.round(degrees) % 360).padStart(3, '0')}°`;
}

/** Speed in km/h, the unit on a vehicle's dial, or in knots. */
export function speedText(
  metresPerSecond: number,
  language: string,
  measures: 'metric' | 'nautical' = 'metric',
): string {
  if (measures === 'nautical') return `${numberText(metresPerSecond * 1.943_844, language)}\u00a0kn`;
  return `${numberText(metresPerSecond * 3.6, language)}\u00a0km/h`;
}

export const metresPerNauticalMile = 1_852;

/** Distance as it is said: metres below 1 km or a tenth of a nautical mile, one decimal below 10 of either. */
export function distanceText(
  metres: number,
  language: string,
  measures: 'metric' | 'nautical' = 'metric',
): string {
  const miles = metres / metresPerNauticalMile;
  if (measures === 'nautical' && miles >= 0.1)
    return `${numberText(miles, language, miles < 9.95 ? 1 : 0)}\u00a0NM`;
  if (metres < 995) return `${numberText(Math.round(metres / 10) * 10, language)}\u00a0m`;
  return `${numberText(metres / 1000, language, metres < 9_950 ? 1 : 0)}\u00a0km`;
}

/** Age of the picture in steps of 0.2 s, so that the figure moves without dancing: `0.4 s`. */
export function pictureAgeText(seconds: number, language: string): string {
  return `${numberText(Math.round(Math.max(0, seconds) * 5) / 5, language, 1)}\u00a0s`;
}
