import { describe, expect, it } from 'vitest';
import type { TimedPage } from '../../../client/store/wall-layout.ts';
import { WallRotation } from '../../../client/store/wall-rotation.ts';

const mission: TimedPage = { page: { kind: 'mission' }, seconds: 30 };
const alerts: TimedPage = { page: { kind: 'alerts' }, seconds: 10 };
const sector: TimedPage = { page: { kind: 'sector', id: 's', name: 'S', box: [0, 0, 1, 1] }, seconds: 20 };
const at = (second: number) => 1_000_000 + second * 1_000;

/** What stands at each of these seconds, with the P1 that call then. */
function shown(
  pages: readonly TimedPage[],
  moments: ReadonlyArray<readonly [number, ...string[]]>,
): string[] {
  const rotation = new WallRotation(pages, at(0));
  return moments.map(([second, ...calling]) => {
    const { page, index } = rotation.at(at(second), calling);
    return `${page.kind} ${index ?? 'in between'}`;
  });
}

describe('the pages of a wall', () => {
  it('stand for their times, one after another, for ever', () => {
    expect(shown([mission, alerts, sector], [[0], [29], [30], [39], [40], [59], [60], [90]])).toEqual([
      'mission 0',
      'mission 0',
      'alerts 1',
      'alerts 1',
      'sector 2',
      'sector 2',
      'mission 0',
      'alerts 1',
    ]);
  });

  it('give way to the mission as soon as a P1 calls that was not to be seen yet', () => {
    expect(
      shown([sector, mission], [[0], [5, 'a'], [34, 'a'], [35, 'a'], [36, 'a'], [37, 'a', 'b']]),
    ).toEqual([
      'sector 0',
      'mission 1',
      'mission 1',
      'sector 0', // seen, though still calling
      'sector 0',
      'mission 1',
    ]);
  });

  it('are left for the mission in between where it is none of them, and come back', () => {
    expect(shown([sector, alerts], [[0], [5, 'a'], [34, 'a'], [35, 'a'], [54, 'a'], [55, 'a']])).toEqual([
      'sector 0',
      'mission in between',
      'mission in between',
      'sector 0',
      'sector 0',
      'alerts 1',
    ]);
  });

  it('do not jump from a page that shows every alert', () => {
    expect(
      shown(
        [alerts, sector],
        [
          [0, 'a'],
          [9, 'a', 'b'],
          [10, 'a', 'b'],
        ],
      ),
    ).toEqual(['alerts 0', 'alerts 0', 'sector 1']);
  });

  it('begin a page again after the clock was put back or the computer slept', () => {
    const rotation = new WallRotation([mission, alerts], at(0));
    expect(rotation.at(at(-500), [])).toMatchObject({ index: 0, leftMs: 30_000 });
    expect(rotation.at(at(9_000), [])).toMatchObject({ index: 0, leftMs: 30_000 });
  });
});
