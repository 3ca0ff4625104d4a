import { IntlMessageFormat } from 'intl-messageformat';
import type { ReportLanguage } from '../model/report.ts';
import { cards as enCards } from './en/cards.ts';
import { reports as enReports } from './en/reports.ts';
import { service as enService } from './en/service.ts';
import { words as enWords } from './en/words.ts';
import { cards as frCards } from './fr/cards.ts';
import { reports as frReports } from './fr/reports.ts';
import { service as frService } from './fr/service.ts';
import { words as frWords } from './fr/words.ts';
import type { TextParams } from './text.ts';

/** What a server writes, in every language at once. No page imports this: a page loads one language. */
const texts = {
  en: { ...enCards, ...enService, ...enWords, ...enReports },
  fr: { ...frCards, ...frService, ...frWords, ...frReports },
} as const;
export type ReportKey = keyof (typeof texts)['en'];

const formats = new Map<string, IntlMessageFormat>();

/** The text of a key in a language of reports, with its parameters put in. */
export function reportText(language: ReportLanguage, key: ReportKey, params?: TextParams): string {
  const message: string = texts[language][key];
  if (!message.includes('{')) return message;
  const name = `${language} ${key}`;
  let format = formats.get(name);
  if (!format) formats.set(name, (format = new IntlMessageFormat(message, language)));
  return String(format.format(params));
}

/** The word for a name of a closed list, `word('en', 'category', 'killing')`; a name that has none is itself. */
export function wordText(language: ReportLanguage, list: string, name: string): string {
  const key = `${list}.${name}`;
  return isReportKey(key) ? texts[language][key] : name;
}

export function isReportKey(key: string): key is ReportKey {
  return Object.hasOwn(texts.en, key);
}
