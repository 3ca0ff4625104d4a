/** What we use of the browser's `navigator.wakeLock`. */
interface WakeLocks {
  request(type: 'screen'): Promise<{ addEventListener(type: 'release', released: () => void): void }>;
}

/** How long to wait after a refusal; a plug that goes in may change the browser's mind. */
const againMs = 60_000;

/** Keeps the screen of a wall from going to sleep, and knows when the browser does not let it. */
export class WakeLock {
  readonly #locks: WakeLocks | undefined;
  #isHeld = false;
  denied = $state(false);

  /** `locks` is undefined where the browser has none, as without TLS. */
  constructor(locks: WakeLocks | undefined) {
    this.#locks = locks;
  }

  /** Asks now, whenever the page comes back, and every minute while it is refused; answers how to stop. */
  start(): () => void {
    const ask = (): void => void this.ask();
    ask();
    const timer = setInterval(ask, againMs);
    document.addEventListener('visibilitychange', ask);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', ask);
    };
  }

  async ask(): Promise<void> {
    if (this.#isHeld || document.hidden) return;
    try {
      const lock = await this.#locks?.request('screen');
      this.#isHeld = lock !== undefined;
      // The browser lets go when the page is hidden.
      lock?.addEventListener('release', () => (this.#isHeld = false));
    } catch {
      this.#isHeld = false;
    }
    this.denied = !this.#isHeld;
  }
}
