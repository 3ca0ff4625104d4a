import { parseCoordinates, type PointReading } from '../../shared/geo/parse-coordinates.ts';

export interface FoundCoordinates extends PointReading {
  /** Where it stands in the message. */
  readonly start: number;
  readonly matched: string;
}

const decimal = String.raw`[-+]?\d{1,3}[.,]\d{2,9}`;
const degrees = String.raw`\d{1,3}(?:[.,]\d{1,9})?\s?(?:°|º|˚|deg\b|d(?=\s?\d))\s?(?:\d{1,2}(?:[.,]\d{1,6})?\s?(?:'|’|′|m(?=\s?\d|in|\s?[NSEWO]\b))(?:in)?\s?(?:\d{1,2}(?:[.,]\d{1,4})?\s?(?:"|″|”|''|s(?=\s?[NSEWO]\b))\s?)?)?`;
const side = String.raw`(?:[NSEWO](?![A-Za-z]))`;

/** Shapes in which positions stand in a message, likeliest to be meant as one first. What they find is parsed. */
const shapes: readonly RegExp[] = [
  /(?:geo:|https?:\/\/)[^\s<>"]{4,280}/giu,
  // Zone and band are one word: "5 MEN 20 30" is no grid. In small letters all of it is one word.
  /\b(?:MGRS:? ?)?\d{1,2}[C-HJ-NP-X] ?[A-HJ-NP-Z][A-HJ-NP-V] ?(?:\d{2,5} \d{2,5}|\d{4,10})\b/gu,
  /\b(?:mgrs:? ?)?\d{1,2}[c-hj-np-x][a-hj-np-z][a-hj-np-v]\d{4,10}\b/gu,
  /\bmgrs:? ?\d{1,2} ?[c-hj-np-x] ?[a-hj-np-z] ?[a-hj-np-v] ?(?:\d{1,5} \d{1,5}|\d{2,10})\b/giu,
  /\b(?:utm:? ?)?(?:zone )?\d{1,2} ?[C-HJ-NP-X] \d{6}(?:\.\d+)? ?(?:m ?)?E?[ ,]+\d{4,8}(?:\.\d+)? ?(?:m ?)?N?\b/giu,
  new RegExp(`${side}?\\s?${degrees}${side}?[\\s,;/]{0,3}${side}?\\s?${degrees}${side}?`, 'giu'),
  new RegExp(`\\b[NSEWO]\\s?${decimal}[\\s,;/]{0,3}[NSEWO]\\s?${decimal}`, 'giu'),
  new RegExp(`(?<![\\d.,])${decimal}\\s?[NSEWO]\\b[\\s,;/]{0,3}${decimal}\\s?[NSEWO]\\b`, 'giu'),
  new RegExp(`(?<![\\d.,+-])${decimal}(?:\\s?[;/,]\\s?|\\s{1,3})${decimal}(?![\\d.,]\\d)`, 'gu'),
];

const named =
  /\blat(?:itude)?\s?[:=]?\s?([-+]?\d{1,2}(?:[.,]\d{1,9})?)[\s,;/]{1,3}lon(?:g(?:itude)?)?\s?[:=]?\s?([-+]?\d{1,3}(?:[.,]\d{1,9})?)/iu;

/** The first position that stands in a message, in any notation; undefined where there is none. */
export function findCoordinates(text: string): FoundCoordinates | undefined {
  if (!/\d/.test(text)) return undefined;
  const spoken = named.exec(text);
  const written = spoken && `${spoken[1]?.replace(',', '.')}, ${spoken[2]?.replace(',', '.')}`;
  if (written) {
    const point = pointOf(written);
    if (point) return { ...point, start: spoken.index, matched: spoken[0] };
  }
  for (const shape of shapes) {
    for (const match of text.matchAll(shape)) {
      const matched = match[0].trim().replace(/[.,;)]+$/, '');
      const point = pointOf(matched);
      if (point) return { ...point, start: match.index, matched: matched.slice(0, 300) };
    }
  }
  return undefined;
}

function pointOf(written: string): PointReading | undefined {
  const parsed = parseCoordinates(written);
  const [first] = parsed.ok ? parsed.readings : [];
  return first;
}
