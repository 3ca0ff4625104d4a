import { describe, expect, it } from 'vitest';
import { Looking } from '../../../client/store/looking.ts';
import type { ViewRequest } from '../../../shared/wire/wire.ts';

function setUp() {
  const asked: ViewRequest[] = [];
  const waiting: Array<() => void> = [];
  const looking = new Looking((view) => asked.push(view), { setTimeout: (run) => waiting.push(run) });
  return { asked, waiting, looking };
}

describe('Looking', () => {
  it('asks once for a map that is dragged, for where it came to rest', () => {
    const { asked, waiting, looking } = setUp();
    looking.at([0, 0, 1, 1], 5);
    looking.at([2, 0, 3.000001, 1], 5.04);
    waiting.splice(0).forEach((run) => run());
    expect(asked).toEqual([{ bbox: [2, 0, 3, 1], zoom: 5 }]);
  });

  it('asks for nothing while the page is hidden, and for what it shows when it is back', () => {
    const { asked, waiting, looking } = setUp();
    looking.setHidden(true);
    looking.at([2, 0, 3, 1], 5);
    waiting.splice(0).forEach((run) => run());
    expect(asked).toEqual([{ hidden: true }]);
    looking.setHidden(false);
    expect(asked[1]).toEqual({ bbox: [2, 0, 3, 1], zoom: 5 });
  });
});
