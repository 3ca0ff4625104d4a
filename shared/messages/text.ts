import { IntlMessageFormat } from 'intl-messageformat';
import type { en } from './en.ts';

/** Every text a screen can show has one of these keys; English is the source of the keys. */
export type MessageKey = keyof typeof en;
export type Catalogue = Readonly<Record<MessageKey, string>>;
export type TextParams = Readonly<Record<string, string | number>>;

export const languageCodes = ['en', 'fr'] as const;
export type LanguageCode = (typeof languageCodes)[number];

/** A page loads the one language that it shows. */
const sources: Readonly<Record<LanguageCode, () => Promise<Catalogue>>> = {
  en: async () => (await import('./en.ts')).en,
  fr: async () => (await import('./fr.ts')).fr,
};
const loaded = new Map<LanguageCode, Catalogue>();

/** Makes a language ready for `textIn`; fails where its file cannot be had. */
export async function loadCatalogue(code: LanguageCode): Promise<void> {
  if (!loaded.has(code)) loaded.set(code, await sources[code]());
}

function catalogue(code: LanguageCode): Catalogue {
  const found = loaded.get(code);
  if (!found) throw new Error(`the texts of "${code}" are not loaded`);
  return found;
}

/** The keys of whatever language is loaded; all have the same. */
function keys(): readonly string[] {
  const [any] = loaded.values();
  if (!any) throw new Error('no texts are loaded');
  return Object.keys(any);
}

/** Names of the languages in themselves, and the direction they are written. */
export const languages: Readonly<
  Record<LanguageCode, { readonly name: string; readonly dir: 'ltr' | 'rtl' }>
> = {
  en: { name: 'English', dir: 'ltr' },
  fr: { name: 'Français', dir: 'ltr' },
};

const parsed = new Map<string, IntlMessageFormat>();

/** The text of a key in a language, with its parameters put in (ICU syntax). Parsing is done once a text. */
export function textIn(language: LanguageCode, key: MessageKey, params?: TextParams): string {
  const message = catalogue(language)[key];
  if (!message.includes('{')) return message;
  const cacheKey = `${language} ${key}`;
  let format = parsed.get(cacheKey);
  if (!format) parsed.set(cacheKey, (format = new IntlMessageFormat(message, language)));
  return String(format.format(params));
}

/** Whether a word that came from outside (a failure code, a unit kind) has a text of its own. */
export function isMessageKey(key: string): key is MessageKey {
  const [any] = loaded.values();
  return any !== undefined && Object.hasOwn(any, key);
}

type NameIn<Prefix extends string> = MessageKey extends infer Key
  ? Key extends `${Prefix}.${infer Name}`
    ? Name
    : never
  : never;

/**
 * The names that have a text under a prefix, in the order of the catalogue: `namesUnder('outcome')` is the list of
 * outcomes as a screen offers it. That these are the names of the model is tested.
 */
export function namesUnder<Prefix extends string>(prefix: Prefix): ReadonlyArray<NameIn<Prefix>> {
  const under = keys().filter((key) => key.startsWith(`${prefix}.`));
  return under.map((key) => key.slice(prefix.length + 1)) as NameIn<Prefix>[]; // cut from keys of that shape
}
