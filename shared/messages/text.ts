import { IntlMessageFormat } from 'intl-messageformat';
import { en } from './en.ts';
import { fr } from './fr.ts';

/** Every text a screen can show has one of these keys; English is the source of the keys. */
export type MessageKey = keyof typeof en;
export type Catalogue = Readonly<Record<MessageKey, string>>;
export type TextParams = Readonly<Record<string, string | number>>;

export const catalogues = { en, fr } as const satisfies Record<string, Catalogue>;
export type LanguageCode = keyof typeof catalogues;
export const languageCodes: readonly LanguageCode[] = ['en', 'fr'];

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
  const message = catalogues[language][key];
  if (!message.includes('{')) return message;
  const cacheKey = `${language} ${key}`;
  let format = parsed.get(cacheKey);
  if (!format) parsed.set(cacheKey, (format = new IntlMessageFormat(message, language)));
  return String(format.format(params));
}

/** Whether a word that came from outside (a failure code, a unit kind) has a text of its own. */
export function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(en, key);
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
  const keys = Object.keys(en).filter((key) => key.startsWith(`${prefix}.`));
  return keys.map((key) => key.slice(prefix.length + 1)) as NameIn<Prefix>[]; // cut from keys of that shape
}
