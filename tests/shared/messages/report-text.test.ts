import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { en } from '../../../shared/messages/en.ts';
import { cards } from '../../../shared/messages/en/cards.ts';
import { reports as english } from '../../../shared/messages/en/reports.ts';
import { service } from '../../../shared/messages/en/service.ts';
import { words } from '../../../shared/messages/en/words.ts';
import { reports as french } from '../../../shared/messages/fr/reports.ts';
import { reportText, wordText, type ReportKey } from '../../../shared/messages/report-text.ts';
import { rumourStatuses } from '../../../shared/model/rumour-lists.ts';
import { feedbackStates } from '../../../shared/model/source.ts';

const catalogues: Readonly<Record<string, Readonly<Record<string, string>>>> = { en: english, fr: french };
const keys = Object.keys(english) as Array<keyof typeof english>;

function paramsOf(elements: ReturnType<IntlMessageFormat['getAst']>): string[] {
  return elements.flatMap((element) => {
    const inside =
      'options' in element ? Object.values(element.options).flatMap(({ value }) => paramsOf(value)) : [];
    return !('value' in element) || element.type === 0 ? inside : [element.value, ...inside];
  });
}
const paramsIn = (message: string) =>
  [...new Set(paramsOf(new IntlMessageFormat(message, 'en').getAst()))].sort().join();

describe('texts of reports', () => {
  it('are there in both languages, with the same parameters', () => {
    expect(Object.keys(french).sort()).toEqual([...keys].sort());
    expect(keys.filter((key) => paramsIn(french[key]) !== paramsIn(english[key]))).toEqual([]);
  });

  it.each(['en', 'fr'])(
    '%s has no straight apostrophe, which ICU takes for a quote, and no empty text',
    (code) => {
      const texts = Object.entries(catalogues[code] ?? {});
      expect(texts.filter(([, text]) => text.includes("'") || text.trim() === '')).toEqual([]);
    },
  );

  it('French keeps signs of two parts together with their word', () => {
    expect(Object.entries(french).filter(([, text]) => / [:;?!»%]|« /.test(text))).toEqual([]);
  });

  it('are no part of what pages load, and hide no text of theirs', () => {
    expect(keys.filter((key) => key in en && !(key in words))).toEqual([]);
    const others = { ...cards, ...service, ...words };
    expect(keys.filter((key) => key in others)).toEqual([]);
  });

  it('name everything of the model', () => {
    for (const [list, names] of [
      ['rumourStatus', rumourStatuses],
      ['feedback', feedbackStates],
    ] as const) {
      const named = keys.filter((key) => key.startsWith(`${list}.`)).map((key) => key.slice(list.length + 1));
      expect([list, named.sort()]).toEqual([list, [...names].sort()]);
    }
    expect(wordText('fr', 'category', 'killing')).toBe('Meurtre');
    expect(wordText('fr', 'category', 'unheard-of')).toBe('unheard-of');
  });

  it('put every parameter in', () => {
    for (const key of keys as ReportKey[]) {
      const params = Object.fromEntries(
        paramsIn(english[key as keyof typeof english])
          .split(',')
          .map((name) => [name, 7]),
      );
      for (const lang of ['en', 'fr'] as const) expect(reportText(lang, key, params)).not.toMatch(/[{}]/);
    }
  });
});
