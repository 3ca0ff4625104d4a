import { expect, it } from 'vitest';
import { Failure } from '../../../shared/failure.ts';
import { createSeal } from '../../../server/sources/seal.ts';
import { openWords } from '../../../server/sources/words.ts';
import { memoryShelf } from '../../support/memory-shelf.ts';

const seal = (fill: number): ReturnType<typeof createSeal> => createSeal(Buffer.alloc(32, fill));

it('one key serves every server, the same words look the same, and lengths tell little', async () => {
  const shelf = memoryShelf();
  const [a, b] = [await openWords(shelf, [seal(1)]), await openWords(shelf, [seal(1)])];
  const [one, two] = await Promise.all([a.seal('x', { text: 'short' }), b.seal('x', { text: 'short' })]);
  expect(one).toBe(two);
  expect((await a.seal('x', { text: 'another' }))?.length).toBe(one?.length);
  expect(await a.seal('y', { text: 'short' })).not.toBe(one);
  expect(b.open('x', one ?? '')).toEqual({ text: 'short' });
  expect(b.open('y', one ?? '')).toBeUndefined();
  const stranger = await openWords(shelf, [seal(2)]);
  await stranger.learn(['x']);
  expect(stranger.open('x', one ?? '')).toBeUndefined();
  await expect(stranger.seal('x', { text: 'other' })).rejects.toMatchObject({ code: 'sources-closed' });
  await stranger.erase('x');
  const after = await openWords(shelf, [seal(1), seal(2)]);
  expect([after.open('x', one ?? ''), await after.seal('x', { text: 'again' })]).toEqual([
    undefined,
    undefined,
  ]);
});

it('a key is asked for until the record can be reached', async () => {
  const shelf = memoryShelf();
  const late = await openWords(shelf, [seal(1)]);
  const sealed = await (await openWords(shelf, [seal(1)])).seal('x', { text: 'words' });
  let failing = 2;
  const { get } = shelf;
  shelf.get = (key) =>
    failing-- > 0 ? Promise.reject(new Failure('record-unavailable', 'down')) : get.call(shelf, key);
  await late.learn(['x']);
  expect(late.open('x', sealed ?? '')).toEqual({ text: 'words' });
});
