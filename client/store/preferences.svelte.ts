import type { Preferences } from '../../shared/model/preferences.ts';

/** Keeps what an account wants; answers nothing: a page works the same while it cannot be kept. */
export type KeepPreferences = (preferences: Preferences) => void;

/** How this account wants its screens. Read `now` inside a component and it follows every change. */
export class PreferencesStore {
  now: Preferences;
  readonly #keep: KeepPreferences;

  constructor(start: Preferences, keep: KeepPreferences) {
    this.now = $state.raw(start);
    this.#keep = keep;
  }

  change(part: Partial<Preferences>): void {
    this.now = { ...this.now, ...part };
    this.#keep(this.now);
  }
}
