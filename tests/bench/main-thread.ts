import type { Page } from 'playwright-core';

/** One act: the key or click, the page changed by it, and the script of the frame that shows it at its end. */
export interface Acted {
  /** Milliseconds from the input to its handler, to the change, and to the end of the next frame's script. */
  readonly begunMs: number;
  readonly changedMs: number;
  readonly drawnMs: number;
}

interface MainThread {
  /** Notes the next input, and the moment at which what `reads` names has another text, number, `attribute` or value. */
  expect: (reads: string, attribute?: string) => void;
  acted: () => Promise<Acted>;
  forgetFrames: () => void;
  /** Milliseconds of script in each frame since they were forgotten. */
  frames: () => readonly number[];
}

declare global {
  interface Window {
    mainThread: MainThread;
  }
}

/** Makes every page that is opened from now on note what its main thread does. */
export async function noteMainThread(page: Page): Promise<void> {
  // What runs this file gives every function its name by a helper that is not in the page.
  await page.addInitScript('globalThis.__name = (named) => named;');
  await page.addInitScript(watchInThePage);
}

function watchInThePage(): void {
  let result: Promise<Acted> = Promise.reject(new Error('nothing is expected'));
  result.catch(() => undefined);
  let spans: number[] = [];
  const ask = window.requestAnimationFrame.bind(window);
  let frameAt = 0;
  window.requestAnimationFrame = (callback) =>
    ask((at) => {
      const startedAt = performance.now();
      callback(at);
      const spanMs = performance.now() - startedAt;
      // All callbacks of one frame are told the same time.
      if (at === frameAt) spans.push((spans.pop() ?? 0) + spanMs);
      else spans.push(spanMs);
      frameAt = at;
    });
  const looksLike = (reads: string, attribute?: string): string =>
    [...document.querySelectorAll(reads)]
      .map((one) => {
        if (attribute === 'value' && one instanceof HTMLInputElement) return one.value;
        return attribute === undefined ? one.textContent : one.getAttribute(attribute);
      })
      .join('\n');

  function nextInput(): Promise<{ inputAt: number; begunAt: number }> {
    return new Promise((resolve) => {
      const kinds = ['keydown', 'pointerdown'] as const;
      const note = (event: Event): void => {
        for (const kind of kinds) window.removeEventListener(kind, note, true);
        resolve({ inputAt: event.timeStamp, begunAt: performance.now() });
      };
      for (const kind of kinds) window.addEventListener(kind, note, true);
    });
  }

  let observer: MutationObserver | undefined;
  function changed(reads: string, attribute?: string): Promise<number> {
    // One that waited in vain for the act before would go on costing.
    observer?.disconnect();
    const before = looksLike(reads, attribute);
    return new Promise((resolve) => {
      const look = (): void => {
        if (looksLike(reads, attribute) === before) return;
        observer?.disconnect();
        document.removeEventListener('input', look);
        resolve(performance.now());
      };
      observer = new MutationObserver(look);
      // What stands in a field is no change of the document.
      document.addEventListener('input', look);
      observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    });
  }

  /** The end of the script of the next frame: what is left of it after that is the browser's own drawing. */
  const frameScriptEnd = (): Promise<number> =>
    new Promise((resolve) =>
      ask(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(undefined);
      }),
    );

  window.mainThread = {
    expect(reads, attribute) {
      const change = changed(reads, attribute);
      result = nextInput().then(async ({ inputAt, begunAt }) => {
        const changedAt = await change;
        const drawnAt = await frameScriptEnd();
        return { begunMs: begunAt - inputAt, changedMs: changedAt - inputAt, drawnMs: drawnAt - inputAt };
      });
    },
    acted: () => result,
    forgetFrames: () => void (spans = []),
    frames: () => spans,
  };
}
