import {
  languageCodes,
  languages,
  loadCatalogue,
  textIn,
  type LanguageCode,
  type MessageKey,
  type TextParams,
} from '../../shared/messages/text.ts';

const storageKey = 'nightflash.language';

/** The language of this browser: chosen in the user menu, else the browser's own, else English. */
class Language {
  code = $state<LanguageCode>('en');

  get dir(): 'ltr' | 'rtl' {
    return languages[this.code].dir;
  }

  /** Reads what was chosen on this computer before, and its texts; await it once, before anything is shown. */
  async recall(): Promise<void> {
    const wanted = [localStorage.getItem(storageKey), ...navigator.languages.map((tag) => tag.slice(0, 2))];
    const known = wanted.flatMap((tag) => languageCodes.filter((code) => code === tag));
    await this.#show(known[0] ?? 'en');
  }

  /** Stays with the language that stands where the texts of the other cannot be had. */
  async choose(code: LanguageCode): Promise<void> {
    await this.#show(code);
    localStorage.setItem(storageKey, code);
  }

  async #show(code: LanguageCode): Promise<void> {
    await loadCatalogue(code);
    this.code = code;
    document.documentElement.lang = code;
    document.documentElement.dir = this.dir;
  }
}
export const language = new Language();

/** The text of a key in the language of this browser; read inside a component it follows the choice. */
export function text(key: MessageKey, params?: TextParams): string {
  return textIn(language.code, key, params);
}
