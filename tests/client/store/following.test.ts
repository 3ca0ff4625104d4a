import { expect, it } from 'vitest';
import { Following } from '../../../client/store/following.svelte.ts';

it('follows several until it stops, never more than a map can show', () => {
  const following = new Following();
  following.toggle('a');
  following.toggle('b');
  expect(following.ids).toEqual(['a', 'b']);
  following.toggle('a');
  expect(following.ids).toEqual(['b']);
  following.only(Array.from({ length: 40 }, (_, at) => `u${at}`));
  expect(following.ids).toHaveLength(12);
  following.stop();
  expect(following.ids).toEqual([]);
});
