/** Cell in which a lowered position is shown, degrees: about 5 km. */
export const loweredCellDeg = 0.05;
/** Radius that covers the whole cell from its middle, metres. */
export const loweredRadiusM = 4_000;

/**
 * A position lowered to the middle of its cell of about 5 km. A pure function of the position, so that asking a
 * hundred times gives the same answer and nothing can be averaged out of it.
 */
export function lowered(lon: number, lat: number): { lon: number; lat: number } {
  const middle = (value: number, most: number): number => {
    const centre = Math.floor(value / loweredCellDeg) * loweredCellDeg + loweredCellDeg / 2;
    return Math.round(Math.max(-most, Math.min(most, centre)) * 1e6) / 1e6;
  };
  return { lon: middle(lon, 180), lat: middle(lat, 90) };
}

/** Zero-width and direction marks, with which a number can be hidden from a pattern. */
const invisible = /[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]/gu;
/** Six or more digits of any script, with up to three signs that are no letters between them. */
const longNumber = /\p{Nd}(?:[^\p{L}\p{Nd}]{0,3}\p{Nd}){5,}/gu;

/**
 * Text without what could lead to its source: telephone numbers, mail addresses, links. Rather too much than too
 * little: a grid of ten figures goes as well. Looks at one word after another, so that it takes time in proportion
 * to the text and to nothing else.
 */
export function withoutContactHints(text: string): string {
  const plain = text.normalize('NFKC').replace(invisible, '');
  const words = plain.split(/(\s+)/u).map((word) => (isContact(word) ? '[…]' : word));
  return words.join('').replace(longNumber, '[…]');
}

function isContact(word: string): boolean {
  if (/[@＠]/u.test(word)) return true;
  return (
    /^\W*(?:https?:|www\.|wa\.me|t\.me|m\.me|fb\.|facebook\.|instagram\.)/iu.test(word) ||
    word.includes('://')
  );
}
