import { describe, expect, it } from 'vitest';
import { WallReload } from '../../../client/store/wall-reload.svelte.ts';

function setUp() {
  const waiting: Array<{ run: () => void; ms: number }> = [];
  const loaded: Array<string | undefined> = [];
  const server = { isThere: true };
  const obeyed = new Set<string>();
  const reload = new WallReload({
    random: () => 0.5,
    setTimeout: (run, ms) => waiting.push({ run, ms }),
    obeyed,
    isThere: () => Promise.resolve(server.isThere),
    load: (layout) => loaded.push(layout),
  });
  const pass = async (): Promise<number[]> => {
    const due = waiting.splice(0);
    due.forEach(({ run }) => run());
    await Promise.resolve();
    await Promise.resolve();
    return due.map(({ ms }) => ms);
  };
  return { reload, loaded, server, obeyed, pass };
}

describe('a wall that loads anew', () => {
  it('does so once, after a wait of its own, with the layout asked for last', async () => {
    const { reload, loaded, pass } = setUp();
    reload.called({ id: 'a', layout: 'layout=alerts' });
    reload.called({ id: 'b', layout: 'layout=mission' });
    reload.called({ id: 'c' });
    reload.called({ id: 'a', layout: 'layout=alerts' });
    expect([reload.isDue, loaded]).toEqual([true, []]);
    expect(await pass()).toEqual([2_500]);
    expect(loaded).toEqual(['layout=mission']);
  });

  it('waits for a server that is away: a page that cannot load stays for ever', async () => {
    const { reload, loaded, server, pass } = setUp();
    server.isThere = false;
    reload.called({ id: 'a' });
    await pass();
    expect(loaded).toEqual([]);
    server.isThere = true;
    await pass();
    expect(loaded).toEqual([undefined]);
  });

  it('does not obey again what it hears again after it has loaded', () => {
    const { reload, obeyed } = setUp();
    obeyed.add('a');
    reload.called({ id: 'a' });
    expect(reload.isDue).toBe(false);
  });

  it('gives way to another build of the server, at a quiet moment', () => {
    const { reload } = setUp();
    reload.serves(undefined, true);
    reload.serves('one', true);
    reload.serves('one', true);
    reload.serves('two', false);
    expect(reload.isDue).toBe(false);
    reload.serves('two', true);
    expect(reload.isDue).toBe(true);
  });
});
