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

  it('asks for what several maps show together, and no longer for one that is gone', () => {
    const { asked, waiting, looking } = setUp();
    looking.at([28, 0, 29, 1], 8, 'a');
    looking.at([30, 2, 31, 3], 9.5, 'b');
    waiting.splice(0).forEach((run) => run());
    looking.gone('b');
    waiting.splice(0).forEach((run) => run());
    looking.gone('a');
    looking.at([179, 0, -179, 1], 8, 'a');
    waiting.splice(0).forEach((run) => run());
    looking.at([28, -1, 29, 0], 8, 'b');
    waiting.splice(0).forEach((run) => run());
    expect(asked).toEqual([
      { bbox: [28, 0, 31, 3], zoom: 9.5 },
      { bbox: [28, 0, 29, 1], zoom: 8 },
      { bbox: [179, 0, -179, 1], zoom: 8 },
      { bbox: [-180, -1, 180, 1], zoom: 8 },
    ]);
  });

  it('says at once that the line is poor, and again with everything it looks at later', () => {
    const { asked, waiting, looking } = setUp();
    looking.setSlow(false);
    expect(asked).toEqual([]);
    looking.setSlow(true);
    looking.at([2, 0, 3, 1], 5);
    waiting.splice(0).forEach((run) => run());
    looking.setSlow(false);
    const view = { bbox: [2, 0, 3, 1], zoom: 5 };
    expect(asked).toEqual([{ slow: true }, { ...view, slow: true }, view]);
  });
});
