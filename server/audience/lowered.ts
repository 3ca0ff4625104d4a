/** Cell in which a lowered position is shown, degrees: about 5 km. */
export const loweredCellDeg = 0.05;
/** Radius that covers the whole cell from its middle, metres. */
export const loweredRadiusM = 4_000;

/**
 * A position lowered to the middle of its cell of about 5 km. A pure function of the position, so that asking a
 * hundred times gives the same answer and nothing can be averaged out of it.
 */
export function lowered(lon: number, lat: number): { lon: number; lat: number } {
  const middle = (value: number): number =>
    Math.round((Math.floor(value / loweredCellDeg) * loweredCellDeg + loweredCellDeg / 2) * 1e6) / 1e6;
  return { lon: middle(lon), lat: middle(lat) };
}

/** Text without what could lead to its source: telephone numbers, mail addresses, links. */
export function withoutContactHints(text: string): string {
  return text
    .replace(/[\w.+-]+@[\w-]+(\.[\w-]+)+/gu, '[…]')
    .replace(/\bhttps?:\/\/\S+/giu, '[…]')
    .replace(/[+(]?\d(?:[\s().\-/]*\d){5,}/gu, '[…]');
}
