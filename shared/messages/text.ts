import { IntlMessageFormat } from 'intl-messageformat';
import type { en } from './en.ts';
import type { phone } from './en/phone.ts';
import type { watch } from './en/watch.ts';

type Texts = Readonly<Record<string, string>>;
/** Every text a screen can show has one of these keys; English is the source of the keys. */
export type MessageKey = keyof typeof en | keyof typeof phone | keyof typeof watch;
export type TextParams = Readonly<Record<string, string | number>>;

export const languageCodes = ['en', 'fr'] as const;
export type LanguageCode = (typeof languageCodes)[number];

/** A page loads the one language that it shows, and further areas of texts when the sheets that need them open. */
const sources = {
  base: {
    en: async (): Promise<Texts> => (await import('./en.ts')).en,
    fr: async (): Promise<Texts> => (await import('./fr.ts')).fr,
  },
  phone: {
    en: async (): Promise<Texts> => (await import('./en/phone.ts')).phone,
    fr: async (): Promise<Texts> => (await import('./fr/phone.ts')).phone,
  },
  watch: {
    en: async (): Promise<Texts> => (await import('./en/watch.ts')).watch,
    fr: async (): Promise<Texts> => (await import('./fr/watch.ts')).watch,
  },
} as const;
export type TextArea = keyof typeof sources;

const needed = new Set<TextArea>(['base']);
const loaded = new Map<LanguageCode, Map<TextArea, Texts>>();

/** Makes a language ready for `textIn`, in all areas that are needed; fails where a file cannot be had. */
export async function loadCatalogue(code: LanguageCode): Promise<void> {
  const areas = loaded.get(code) ?? new Map<TextArea, Texts>();
  const missing = [...needed].filter((area) => !areas.has(area));
  const found = await Promise.all(missing.map(async (area) => [area, await sources[area][code]()] as const));
  for (const [area, texts] of found) areas.set(area, texts);
  loaded.set(code, areas);
}

/** Makes an area of texts ready in every language that is loaded now or later; await it before its first text. */
export async function loadTexts(area: TextArea): Promise<void> {
  needed.add(area);
  await Promise.all([...loaded.keys()].map(loadCatalogue));
}

/** The text as it stands in the catalogue. */
function messageIn(code: LanguageCode, key: string): string {
  for (const texts of loaded.get(code)?.values() ?? []) {
    const message = Object.hasOwn(texts, key) ? texts[key] : undefined;
    if (message !== undefined) return message;
  }
  throw new Error(`the text "${key}" is not loaded in "${code}"`);
}

/** The keys of whatever language is loaded; all have the same. */
function keys(): readonly string[] {
  const [any] = loaded.values();
  if (!any) throw new Error('no texts are loaded');
  return [...any.values()].flatMap((texts) => Object.keys(texts));
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
  const message = messageIn(language, key);
  if (!message.includes('{')) return message;
  const cacheKey = `${language} ${key}`;
  let format = parsed.get(cacheKey);
  if (!format) parsed.set(cacheKey, (format = new IntlMessageFormat(message, language)));
  return String(format.format(params));
}

/** Whether a word that came from outside (a failure code, a unit kind) has a text of its own. */
export function isMessageKey(key: string): key is MessageKey {
  const [any] = loaded.values();
  return [...(any?.values() ?? [])].some((texts) => Object.hasOwn(texts, key));
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
