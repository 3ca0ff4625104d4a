import { afterEach, expect, it } from 'vitest';
import { threatKindOf, threatKindWords } from '../../../client/panels/threat-words.ts';
import { language } from '../../../client/store/language.svelte.ts';
import { usualThreats } from '../../../client/store/threat-draft.ts';

afterEach(() => (language.code = 'en'));

it('shows usual kinds in the language of the screen, keeps them in one, and leaves a mission’s own words alone', () => {
  language.code = 'fr';
  expect(threatKindWords('armed-group')).toBe('groupe armé');
  expect(usualThreats.map((kind) => threatKindOf(threatKindWords(kind)))).toEqual([...usualThreats]);
  expect(threatKindOf(' Barrage illégal ')).toBe('illegal checkpoint');
  expect([threatKindWords('Bande du pont'), threatKindOf(' Bande du pont ')]).toEqual([
    'Bande du pont',
    'Bande du pont',
  ]);
});
