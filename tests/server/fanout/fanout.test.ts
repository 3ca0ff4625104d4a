import { describe, expect, it } from 'vitest';
import { missionSchema } from '../../../shared/model/mission.ts';
import type { PatchOut } from '../../../shared/picture/picture.ts';
import type { Principal, Role } from '../../../shared/role.ts';
import { Fanout, type Line } from '../../../server/fanout/fanout.ts';
import { missionOf } from '../../../server/mission/mission.ts';
import type { LivePicture, PictureNews } from '../../../server/picture/live-picture.ts';
import { author, fix, Folding } from '../../support/entries.ts';
import { sectors } from '../../support/random-picture.ts';

/** A line in memory whose far end can stop taking. */
class TestLine implements Line {
  readonly patches: PatchOut[] = [];
  readonly behind: string[] = [];
  closed: string | undefined;
  takes = true;
  sendPatch(patch: PatchOut): void {
    this.patches.push(structuredClone(patch));
  }
  sendBehind(sinceAt: string): void {
    this.behind.push(sinceAt);
  }
  drained(): boolean {
    return this.takes;
  }
  close(reason: string): void {
    this.closed = reason;
  }
}

function setUp() {
  const folding = new Folding();
  const listeners: Array<(news: PictureNews) => void> = [];
  const clock = { ms: folding.atMs };
  const live: LivePicture = {
    picture: folding.picture,
    epoch: 'e1',
    cursor: () => `e1.${folding.picture.seq}`,
    onNews: (listener) => void listeners.push(listener),
    expect: () => ({ verdict: Promise.reject(new Error('not here')), cancel: () => undefined }),
    reached: (seq) => Promise.resolve(seq <= folding.picture.seq),
    foldedBytes: 0,
    saveSnapshot: () => Promise.resolve(undefined),
    snapshotSeq: () => Promise.resolve(0),
    stop: () => Promise.resolve(),
  };
  const mission = missionOf(missionSchema.parse({ sectors }));
  const fanout = new Fanout({ livePicture: live, mission, nowMs: () => clock.ms });
  const move = (unit: string, lon: number): void => {
    clock.ms += 100;
    const folded = folding.fixes([fix(unit, clock.ms, { lon })], { atMs: clock.ms });
    const news = { changes: folded?.changes ?? [], moved: folding.takeMoved(), fresh: false };
    listeners.forEach((listener) => listener(news));
  };
  const tick = (): void => {
    clock.ms += 100;
    fanout.tick();
  };
  return {
    folding,
    fanout,
    clock,
    move,
    tick,
    tell: (news: PictureNews) => listeners.forEach((listener) => listener(news)),
  };
}

const principal = (role: Role, more: Partial<Principal> = {}): Principal => ({
  id: role,
  role,
  name: role,
  units: [],
  sectors: [],
  ...more,
});

describe('fanout', () => {
  it('sends one patch a round with the newest value of each thing, and none when nothing changed', async () => {
    const { fanout, move, tick } = setUp();
    const line = new TestLine();
    await fanout.subscribe(line, principal('watch'));
    move('u', 1);
    move('u', 2);
    tick();
    tick();
    expect(line.patches).toHaveLength(1);
    expect(line.patches[0]?.units.map(({ lon }) => lon)).toEqual([2]);
  });

  it('L12 tells a viewer that does not take, keeps one id a thing for it, and gives it the newest when it takes again', async () => {
    const { fanout, move, tick, clock } = setUp();
    const slow = new TestLine();
    const quick = new TestLine();
    await fanout.subscribe(slow, principal('watch'));
    await fanout.subscribe(quick, principal('watch'));
    slow.takes = false;
    for (let round = 0; round < 50; round++) {
      move('a', round);
      move('b', -round);
      tick();
    }
    expect(slow.patches).toEqual([]);
    expect(slow.behind).toHaveLength(1);
    expect(quick.patches).toHaveLength(50);
    slow.takes = true;
    const beganMs = Date.parse(slow.behind[0] ?? '');
    tick();
    expect(slow.patches).toHaveLength(1);
    expect(slow.patches[0]?.units.map(({ id, lon }) => [id, lon]).sort()).toEqual([
      ['a', 49],
      ['b', -49],
    ]);
    expect(slow.patches[0]?.behindS).toBeCloseTo((clock.ms - beganMs) / 1000);
  });

  it('L13 cuts a viewer that took nothing for a minute, and nobody else', async () => {
    const { fanout, move, tick, clock } = setUp();
    const slow = new TestLine();
    const quick = new TestLine();
    await fanout.subscribe(slow, principal('watch'));
    await fanout.subscribe(quick, principal('watch'));
    slow.takes = false;
    move('a', 1);
    tick();
    clock.ms += 61_000;
    tick();
    expect(slow.closed).toContain('minute');
    expect(quick.closed).toBeUndefined();
    expect(fanout.viewerCount).toBe(1);
  });

  it('L14 cuts every viewer when the record was replaced', async () => {
    const { fanout, tell } = setUp();
    const line = new TestLine();
    await fanout.subscribe(line, principal('watch'));
    tell({ changes: [], moved: [], fresh: true });
    expect(line.closed).toContain('replaced');
    expect(fanout.viewerCount).toBe(0);
  });

  it('takes an alert from a wall when it becomes restricted, and from a patrol when its task is refused', async () => {
    const { fanout, folding, tick, tell } = setUp();
    folding.fixes([fix('q1', folding.atMs)]);
    const report = {
      category: 'abduction' as const,
      priority: 'P1' as const,
      text: 'x',
      channel: 'sms' as const,
      lon: 1,
      lat: 1,
    };
    folding.event({ kind: 'alert.received', alertId: 'a1', alert: report, facts: { sector: 'S1' } });
    folding.event({ kind: 'alert.step', alertId: 'a1', step: 'task', body: { units: ['q1'] }, facts: {} });
    const wall = new TestLine();
    const patrol = new TestLine();
    const first = await fanout.subscribe(wall, principal('wall'));
    expect(first).toHaveProperty('picture.alerts.0.id', 'a1');
    expect(await fanout.subscribe(patrol, principal('patrol', { units: ['q1'] }))).toHaveProperty(
      'picture.alerts.0.id',
      'a1',
    );
    folding.event({
      kind: 'alert.step',
      alertId: 'a1',
      step: 'refuse',
      body: { unit: 'q1', reason: 'fuel' },
      facts: {},
    });
    folding.event(
      { kind: 'alert.changed', alertId: 'a1', patch: {}, facts: { restricted: 'child' } },
      author('adviser'),
    );
    tell({ changes: [{ kind: 'alerts', id: 'a1' }], moved: [], fresh: false });
    tick();
    for (const line of [wall, patrol])
      expect(line.patches[0]?.removed).toEqual([{ kind: 'alerts', id: 'a1' }]);
  });

  it('shows a patrol who comes near without that unit’s own fix being new to the patrol', async () => {
    const { fanout, folding, move, tick, clock } = setUp();
    folding.fixes([fix('own', folding.atMs, { lon: 0 }), fix('other', folding.atMs, { lon: 1 })]);
    const line = new TestLine();
    const begun = await fanout.subscribe(line, principal('patrol', { units: ['own'] }));
    expect(begun).toHaveProperty('picture.units.length', 1);
    move('own', 0.95);
    clock.ms += 3_000;
    tick();
    expect(line.patches.flatMap(({ units }) => units.map(({ id, plain }) => [id, plain]))).toContainEqual([
      'other',
      true,
    ]);
  });
});
