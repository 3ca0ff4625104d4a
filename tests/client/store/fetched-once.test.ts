import { expect, it } from 'vitest';
import { fetchedOnce } from '../../../client/store/fetched-once.ts';

it('fetches once, and again only after it could not be had', async () => {
  let asked = 0;
  let works = false;
  const fetchIt = fetchedOnce(() => {
    asked += 1;
    return works ? Promise.resolve(asked) : Promise.reject(new Error('the line is cut'));
  });
  await expect(fetchIt()).rejects.toThrow('cut');
  works = true;
  expect([await fetchIt(), await fetchIt()]).toEqual([2, 2]);
});
