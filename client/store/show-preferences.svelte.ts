import { untrack } from 'svelte';
import { language } from './language.svelte.ts';
import type { Looking } from './looking.ts';
import type { PreferencesStore } from './preferences.svelte.ts';
import { readingSize } from './reading-size.svelte.ts';
import { theme } from './theme.svelte.ts';

/** Puts language, theme, size and calm of an account on the whole page, and follows every change; call it in a component. */
export function showPreferences(preferences: PreferencesStore, looking: Looking): void {
  $effect.pre(() => theme.show(preferences.now.theme));
  $effect.pre(() => readingSize.show(preferences.now.size));
  $effect.pre(() => {
    const wanted = preferences.now.language;
    // Where its texts cannot be had, the page stays in the language that it has.
    if (wanted && wanted !== untrack(() => language.code))
      void language.choose(wanted).catch(() => undefined);
  });
  $effect.pre(() => {
    const { light } = preferences.now;
    document.documentElement.toggleAttribute('data-light', light);
    looking.setSlow(light);
  });
}
