import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { projectDir } from '../support/source-files.ts';

/** Text that cannot be read where it stands, and why. */
export interface Unreadable {
  readonly text: string;
  readonly why: string;
}

/**
 * Every piece of text that is shown but cut off, covered by something else, or beyond the edge of the screen. What a
 * list has scrolled away is not looked at, nor text that gives way with an ellipsis and says itself whole in a title.
 */
export function unreadableOn(page: Page): Promise<Unreadable[]> {
  return page.evaluate(() => {
    const faults: { text: string; why: string }[] = [];
    // While a dialog has the page, it is what is read.
    const page = document.querySelector('dialog:modal') ?? document.body;
    const walker = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent?.trim() ?? '';
      const element = node.parentElement;
      if (text === '' || !element?.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
        continue;
      if (element.closest('.unseen, [aria-hidden="true"], script, style, option, title')) continue;
      const why = whyUnreadable(node, element);
      if (why) faults.push({ text: text.slice(0, 60), why });
    }
    return faults;

    function whyUnreadable(node: Node, element: Element): string | undefined {
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        if (box.width < 1 || box.height < 1) continue;
        const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
        const cut = cutBy(element, box);
        if (cut === 'scrolled') continue;
        if (cut) return cut;
        if (box.left < -1 || box.right > innerWidth + 1) return `beyond the edge: ${box.left}..${box.right}`;
        if (y < 0 || y > innerHeight) return `above or below the screen: ${y}`;
        const top = document.elementFromPoint(x, y);
        const isOwn = !top || top.contains(element) || element.contains(top);
        // What lets clicks through is looked past by the search for what is on top; only what takes them covers.
        if (!isOwn && getComputedStyle(element).pointerEvents !== 'none')
          return `covered by ${top.tagName}.${top.getAttribute('class') ?? ''}`;
      }
      return undefined;
    }

    /** Whether a box around the text hides a part of it, or has scrolled it away. */
    function cutBy(element: Element, box: DOMRect): string | undefined {
      for (let around: Element | null = element; around; around = around.parentElement) {
        const style = getComputedStyle(around);
        const clip = around.getBoundingClientRect();
        if (/auto|scroll/.test(`${style.overflowX} ${style.overflowY}`)) {
          if (box.top < clip.top - 1 || box.bottom > clip.bottom + 1) return 'scrolled';
          if (/auto|scroll/.test(style.overflowX) && (box.left < clip.left - 1 || box.right > clip.right + 1))
            return 'scrolled';
        } else if (style.overflowX !== 'visible') {
          const isEllipsis = style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none';
          if (isEllipsis && around.closest('[title]')) return undefined;
          if (box.right > clip.right + 1.5 || box.left < clip.left - 1.5 || box.bottom > clip.bottom + 2)
            return `cut by ${around.tagName}.${around.getAttribute('class') ?? ''}`;
        }
        if (style.position === 'fixed') return undefined;
      }
      return undefined;
    }
  });
}

/** Whether the page as a whole scrolls sideways; no page does. */
export function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > innerWidth + 1);
}

let axeSource: string | undefined;

/** What axe finds against WCAG 2.2 A and AA, one line a rule. The map's canvas has no text that it could look at. */
export async function axeFaults(page: Page): Promise<string[]> {
  axeSource ??= readFileSync(join(projectDir, 'node_modules/axe-core/axe.min.js'), 'utf8');
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: { run(options: unknown): Promise<AxeResults> } }).axe.run({
      runOnly: {
        type: 'tag',
        values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      },
      resultTypes: ['violations'],
    }),
  );
  return violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 120)} ${failureSummary}`).join(' | ')}`,
  );
}

/** Marks that stand round every text of the catalogue in `pseudo` pages. */
const [open, close] = ['⟦', '⟧'];

/**
 * Gives pages texts that are 40 % longer and stand between marks, in place of the English ones: what then shows no
 * mark has not gone through the catalogue, and what does not fit English's longer sisters is cut.
 */
export async function speakPseudo(page: Page): Promise<void> {
  await page.route(/\/assets\/(?:en|watch|phone)-[\w-]{8}\.js$/, async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace(
      /([`"']?[\w-]+\.[\w.-]+[`"']?\s*:\s*)([`"'])((?:\\.|(?!\2)[^\\])*)\2/g,
      (_, key: string, quote: string, text: string) => `${key}${quote}${open}${longer(text)}${close}${quote}`,
    );
    await route.fulfill({ response: answer, body });
  });
}

/** Words outside of braces get accents and grow; what ICU reads stays as it is. */
function longer(text: string): string {
  let depth = 0;
  const letters = [...text].map((letter) => {
    if (letter === '{') depth++;
    if (letter === '}') depth--;
    return depth === 0 && letter !== '}' ? (accented[letter] ?? letter) : letter;
  });
  return letters.join('') + '·'.repeat(Math.ceil(text.replace(/\{[^}]*\}/g, '').length * 0.3));
}
const accented: Readonly<Record<string, string>> = { a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú', c: 'ç', n: 'ñ' };

/** Texts on a `pseudo` page that are neither from the catalogue, nor figures, nor the names in `known`. */
export async function untranslatedOn(page: Page, known: RegExp): Promise<string[]> {
  const texts = await page.evaluate((mark) => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!element?.checkVisibility() || element.closest('script, style, [lang], kbd, .key')) continue;
      const whole = element.textContent ?? '';
      const text = node.textContent?.trim() ?? '';
      if (/\p{L}{2}/u.test(text) && !/\d/.test(text) && !whole.includes(mark)) found.push(text);
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
      for (const name of ['aria-label', 'title', 'placeholder']) {
        const text = element.getAttribute(name) ?? '';
        if (/\p{L}{2}/u.test(text) && !/\d/.test(text) && !text.includes(mark))
          found.push(`${name}: ${text}`);
      }
    }
    return found;
  }, open);
  return texts.filter((text) => !known.test(text));
}
