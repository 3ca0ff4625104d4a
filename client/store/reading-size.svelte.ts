import type { Preferences } from '../../shared/model/preferences.ts';

/** A page of this size, CSS px, is never drawn larger than it was made for: nothing would have its place. */
const leastWidth = 1366;
const leastHeight = 720;
/** Of itself a page grows on screens larger than this: letters of 13 px on a screen of 3840 are lost from a chair. */
const wideWidth = 2400;
const wideHeight = 1350;

/** A choice; none in preferences that an older version left. */
type Wanted = Preferences['size'] | undefined;

/** How many times larger than drawn everything stands on a page of this size (CSS px): 1 or more, in quarters. */
export function sizeFactor(wanted: Wanted, width: number, height: number): number {
  const room = Math.min(width / leastWidth, height / leastHeight);
  const percent = Number(wanted);
  const factor = Number.isNaN(percent) ? Math.min(width / wideWidth, height / wideHeight) : percent / 100;
  return Math.max(1, Math.floor(Math.min(factor, room) * 4) / 4);
}

/** How large letters, marks and panels of this page are: as chosen, or as its window asks for. */
class ReadingSize {
  #wanted: Wanted = '100';
  now = $state(1);

  /** Shows a choice; call it before anything is mounted, and at every change. */
  show(wanted: Wanted): void {
    this.#wanted = wanted;
    this.#judge();
  }

  /** Follows the window; answers how to stop. */
  follow(): () => void {
    const judge = () => this.#judge();
    addEventListener('resize', judge);
    return () => removeEventListener('resize', judge);
  }

  /** A length that is drawn in px, as long as it stands on this page. */
  px(drawnPx: number): number {
    return drawnPx * this.now;
  }

  #judge(): void {
    const factor = sizeFactor(this.#wanted, innerWidth, innerHeight);
    this.now = factor;
    const { style } = document.documentElement;
    // All lengths of the style sheets are multiples of this (`vite.config.ts`); drawings read the factor itself.
    style.fontSize = factor === 1 ? '' : `${16 * factor}px`;
    style.setProperty('--size', String(factor));
  }
}
export const readingSize = new ReadingSize();
