import type { Page } from 'playwright-core';

/** Height of a capital of Inter, in parts of the size of its type. */
const capitals = 0.727;
/** What five metres ask for: capitals in parts of the height of the screen. */
export const leastCapitals = 1 / 40;
export const leastClock = 1 / 12;

export interface TextOnWall {
  readonly text: string;
  /** Height of its capitals, in parts of the height of the screen. */
  readonly capitals: number;
  /** Whether its box shows all of it. */
  readonly isWhole: boolean;
}

/** Every piece of text that is to be seen on a page, and how tall its capitals are. */
export async function textsOn(page: Page): Promise<TextOnWall[]> {
  const texts = await page.evaluate(() => {
    const found: { text: string; sizePx: number; isWhole: boolean }[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent?.trim() ?? '';
      const element = node.parentElement;
      if (text === '' || !element?.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
        continue;
      if (element.closest('script, style')) continue;
      found.push({
        text: text.slice(0, 60),
        sizePx: parseFloat(getComputedStyle(element).fontSize),
        isWhole:
          element.scrollWidth <= element.clientWidth + 1 || getComputedStyle(element).display === 'inline',
      });
    }
    return found;
  });
  const height = page.viewportSize()?.height ?? NaN;
  return texts.map(({ text, sizePx, isWhole }) => ({
    text,
    isWhole,
    capitals: (sizePx * capitals) / height,
  }));
}
