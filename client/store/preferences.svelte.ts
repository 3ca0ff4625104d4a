import type { Preferences } from '../../shared/model/preferences.ts';

/** Keeps what an account changed; answers nothing: a page works the same while it cannot be kept. */
export type KeepPreferences = (changed: Partial<Preferences>, now: Preferences) => void;

const everyLayer: Preferences['layers'] = { places: true, threats: true, sectors: true, names: true };

/** How this account wants its screens. Read `now` inside a component and it follows every change. */
export class PreferencesStore {
  now: Preferences;
  readonly #keep: KeepPreferences;

  constructor(start: Preferences, keep: KeepPreferences) {
    // While servers are exchanged, one of the older version may answer: it does not know every field.
    this.now = $state.raw({ ...start, layers: { ...everyLayer, ...start.layers } });
    this.#keep = keep;
  }

  change(part: Partial<Preferences>): void {
    this.now = { ...this.now, ...part };
    this.#keep(part, this.now);
  }
}
