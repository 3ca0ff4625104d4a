import type { Preferences } from '../../shared/model/preferences.ts';

const sun = '(prefers-color-scheme: light)';

/** Whether this page is dark or bright now: as chosen, or as the computer has it where that was chosen. */
class Theme {
  #wanted: Preferences['theme'] = 'dark';
  now = $state<'dark' | 'bright'>('dark');

  /** Shows a choice; call it before anything is mounted, and at every change. */
  show(wanted: Preferences['theme']): void {
    this.#wanted = wanted;
    this.#judge();
  }

  /** Follows the computer from dusk to dawn; answers how to stop. */
  follow(): () => void {
    const query = matchMedia(sun);
    const judge = () => this.#judge();
    query.addEventListener('change', judge);
    return () => query.removeEventListener('change', judge);
  }

  #judge(): void {
    const { documentElement: root } = document;
    this.now = this.#wanted === 'auto' ? (matchMedia(sun).matches ? 'bright' : 'dark') : this.#wanted;
    root.dataset['theme'] = this.now;
    const ground = getComputedStyle(root).getPropertyValue('--panel').trim();
    document.querySelector('meta[name="theme-color"]')?.setAttribute('content', ground);
    document
      .querySelector('meta[name="color-scheme"]')
      ?.setAttribute('content', this.now === 'bright' ? 'light' : 'dark');
  }
}
export const theme = new Theme();
