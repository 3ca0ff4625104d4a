import { describe, expect, it } from 'vitest';
import { FrameReader, type ReadFrame } from '../../../../client/net/frame-reader.ts';
import { Units } from '../../../../client/store/units.ts';
import type { BuiltFrame } from '../../../../server/fanout/wire/built-frame.ts';
import { chooseView } from '../../../../server/fanout/wire/choose-view.ts';
import { nextLength } from '../../../../server/fanout/ticker.ts';
import { WireFanout } from '../../../../server/fanout/wire/wire-fanout.ts';
import type { WireLine } from '../../../../server/fanout/wire/wire-viewer.ts';
import { missionOf } from '../../../../server/mission/mission.ts';
import type { FoldedEntry } from '../../../../server/picture/fold.ts';
import type { LivePicture, PictureNews } from '../../../../server/picture/live-picture.ts';
import { missionSchema } from '../../../../shared/model/mission.ts';
import type { Place } from '../../../../shared/model/place.ts';
import type { Principal, Role } from '../../../../shared/role.ts';
import type { ViewRequest } from '../../../../shared/wire/wire.ts';
import { alertReportSchema } from '../../../../shared/model/alert.ts';
import { atStartMs, fix, Folding } from '../../../support/entries.ts';

const startMs = atStartMs;
const principal = (role: Role, id = 'x'): Principal => ({ id, role, name: id, units: [], sectors: [] });

/** A viewer whose line the test holds shut or open, with our own reader behind it. */
class HeldLine implements WireLine {
  readonly frames: BuiltFrame[] = [];
  readonly read: ReadFrame[] = [];
  readonly units = new Units();
  waiting = 0;
  unanswered = 0;
  closed: string | undefined;
  readonly #reader = new FrameReader(this.units, () => undefined, startMs);

  send(frame: BuiltFrame): void {
    this.frames.push(frame);
    const read = this.#reader.take(frame.message);
    if (read) this.read.push(read);
  }
  waitingBytes(): number {
    return this.waiting;
  }
  unansweredMs(): number {
    return this.unanswered;
  }
  close(reason: string): void {
    this.closed = reason;
  }
}

/** The fan-out over a picture that the test folds entries into. */
function setUp() {
  const folding = new Folding();
  const clock = { ms: startMs };
  const listeners: Array<(news: PictureNews) => void> = [];
  const tell = (news: PictureNews): void => listeners.forEach((listener) => listener(news));
  const { picture } = folding;
  // What the fan-out asks of the live picture, and nothing else.
  const livePicture = {
    picture,
    epoch: 'e1',
    cursor: () => `e1.${picture.seq}`,
    onNews: (listener: (news: PictureNews) => void) => void listeners.push(listener),
    reached: (wanted: number) => Promise.resolve(wanted <= picture.seq),
  } as unknown as LivePicture;
  const mission = missionOf(missionSchema.parse({ name: 'test' }));
  const wire = new WireFanout({ livePicture, mission, nowMs: () => clock.ms });
  const folded = (entry: FoldedEntry | undefined): void =>
    tell({ changes: entry?.changes ?? [], moved: folding.takeMoved(), fresh: false });
  return {
    wire,
    tell,
    tick: (ms = 100, lengthMs = 100) => {
      clock.ms += ms;
      wire.tick(lengthMs);
    },
    report: (unit: string, lon: number, timeMs = clock.ms) =>
      folded(folding.fixes([fix(unit, timeMs, { lon })], { atMs: timeMs })),
    raise: (id: string) =>
      folded(
        folding.event({
          kind: 'alert.received',
          alertId: id,
          alert: alertReportSchema.parse({ category: 'looting', text: id, channel: 'radio' }),
          facts: {},
        }),
      ),
    import: (...places: Place[]) => folded(folding.event({ kind: 'places.imported', places })),
    async viewer(role: Role = 'watch', view: ViewRequest = {}, since?: string): Promise<HeldLine> {
      const line = new HeldLine();
      await wire.subscribe(line, principal(role), view, since);
      return line;
    },
  };
}

const lonOf = (line: HeldLine, id: string): number =>
  line.units.lonLat[2 * (line.units.rowOf(id) ?? -1)] ?? NaN;

describe('the fan-out of frames', () => {
  it('W13 makes one frame for all viewers of one audience, however many there are', async () => {
    const { tick, report, viewer } = setUp();
    const [one, other, wall] = [await viewer(), await viewer(), await viewer('wall')];
    tick();
    report('u1', 5);
    tick();
    expect(one.frames.at(-1)).toBe(other.frames.at(-1));
    expect(one.frames.at(-1)).not.toBe(wall.frames.at(-1));
    expect(lonOf(other, 'u1')).toBeCloseTo(5, 4);
    const before = one.frames.length;
    tick();
    expect(one.frames.length - before).toBeLessThanOrEqual(1);
  });

  it('leaves the other names of places to the search, at the beginning and in news', async () => {
    const { tick, import: imported, viewer } = setUp();
    const village = { id: 'v1', kind: 'village', name: 'Mabiri', lon: 1, lat: 1 } as const;
    imported({ ...village, names: ['Mabirri'] });
    const line = await viewer();
    tick();
    imported({ ...village, id: 'v2', names: ['Mabirri'] });
    tick();
    const told = line.read.flatMap(({ news }) => news.things?.places ?? []);
    expect(told).toEqual([village, { ...village, id: 'v2' }]);
  });

  it('W19 gives a slow view every tenth tick what others get at once, and alerts as fast as to everybody', async () => {
    const { tick, report, raise, viewer } = setUp();
    const [slow, quick] = [await viewer('watch', { slow: true }), await viewer()];
    for (let round = 0; round < 12; round++) tick();
    const before = { slow: slow.frames.length, quick: quick.frames.length };
    for (let round = 0; round < 30; round++) {
      report('u1', round + 1);
      tick();
    }
    // Three slow rounds, and the beats of three seconds in frames of their own.
    expect(slow.frames.length - before.slow).toBeLessThanOrEqual(6);
    expect(quick.frames.length - before.quick).toBe(30);
    for (let round = 0; round < 10; round++) tick();
    expect(lonOf(slow, 'u1')).toBeCloseTo(30, 4);
    raise('a1');
    tick();
    expect(slow.read.at(-1)?.news.things?.alerts.map(({ id }) => id)).toEqual(['a1']);
  });

  it('W19 counts on a slow view what others still see one by one', () => {
    const view = { bbox: [0, 0, 1, 1], zoom: 8 } as const;
    const modes = [400, 600].map((around) => chooseView({ ...view, slow: true }, 3_000, () => around).mode);
    expect(modes).toEqual(['cells', 'hexagons']);
    expect(chooseView(view, 3_000, () => 600).mode).toBe('cells');
  });

  it('W14 passes over a viewer that does not keep up, and gives it the newest of everything when it does', async () => {
    const { wire, tick, report, raise, viewer } = setUp();
    const [slow, quick] = [await viewer(), await viewer()];
    report('u1', 1);
    report('u2', 1);
    tick();
    slow.waiting = 100_000;
    for (let round = 0; round < 4; round++) tick();
    const before = slow.frames.length;
    for (let lon = 2; lon < 40; lon++) {
      report('u1', lon);
      tick();
    }
    raise('a1');
    tick();
    expect(slow.frames).toHaveLength(before);
    expect(lonOf(quick, 'u1')).toBeCloseTo(39, 4);
    expect(wire.counters.stalled).toBe(1);
    slow.waiting = 0;
    tick();
    tick();
    const news = slow.read.at(-1)?.news;
    expect(news?.behindS).toBeGreaterThan(3.8);
    expect(news?.behindS).toBeLessThan(4.4);
    expect(news?.things?.alerts.map(({ id }) => id)).toEqual(['a1']);
    expect(news?.ids?.alerts).toEqual(['a1']);
    expect(lonOf(slow, 'u1')).toBeCloseTo(39, 4);
    report('u1', 50);
    tick();
    expect(lonOf(slow, 'u1')).toBeCloseTo(50, 4);
    expect(slow.read.at(-1)?.news.behindS).toBeUndefined();
  });

  it('W14 takes an unanswered ping for a queue on the way', async () => {
    const { tick, report, viewer } = setUp();
    const line = await viewer();
    tick();
    line.unanswered = 3_000;
    for (let round = 0; round < 4; round++) tick();
    const before = line.frames.length;
    report('u1', 2);
    tick();
    expect(line.frames).toHaveLength(before);
    line.unanswered = 0;
    tick();
    tick();
    expect(lonOf(line, 'u1')).toBeCloseTo(2, 4);
  });

  it('W15 cuts a viewer that has taken nothing for a minute, and keeps nothing for it until then', async () => {
    const { wire, tick, viewer } = setUp();
    const [slow, quick] = [await viewer(), await viewer()];
    tick();
    slow.waiting = 100_000;
    for (let second = 0; second < 66; second++) tick(1_000);
    expect(slow.closed).toContain('took nothing');
    expect(quick.closed).toBeUndefined();
    expect([wire.viewerCount, wire.counters.cut]).toEqual([1, 1]);
  });

  it('W16 cuts everybody when the record was replaced', async () => {
    const { wire, tick, tell, viewer } = setUp();
    const line = await viewer();
    tick();
    tell({ changes: [], moved: [], fresh: true });
    expect(line.closed).toContain('replaced');
    expect(wire.viewerCount).toBe(0);
  });

  it('W17 goes on rightly when the clock is put back by an hour', async () => {
    const { tick, report, viewer } = setUp();
    const line = await viewer();
    report('u1', 1);
    report('u2', 7);
    tick();
    tick(-3_600_000);
    // Devices and the record go on as before; only this server's clock is wrong.
    report('u1', 2, startMs + 10_000);
    tick();
    report('u2', 8, startMs + 11_000);
    tick();
    expect(line.read).toHaveLength(line.frames.length);
    expect([lonOf(line, 'u2'), line.units.size]).toEqual([8, 2]);
  });

  it('W2 resumes what was missed, and gives a cursor of another epoch everything', async () => {
    const { tick, raise, viewer } = setUp();
    raise('a1');
    raise('a2');
    const [resumed, fresh] = [await viewer('watch', {}, 'e1.1'), await viewer('watch', {}, 'e0.1')];
    tick();
    expect(resumed.read[0]?.news).toMatchObject({ begin: { fresh: false }, ids: { alerts: ['a1', 'a2'] } });
    expect(resumed.read[0]?.news.things?.alerts.map(({ id }) => id)).toEqual(['a2']);
    expect(fresh.read[0]?.news.begin).toEqual({ epoch: 'e1', fresh: true });
    expect(fresh.read[0]?.news.things?.alerts.map(({ id }) => id)).toEqual(['a1', 'a2']);
  });

  it('W7 takes another view for a viewer when the mission grows beyond what is sent whole', async () => {
    const { tick, report, viewer } = setUp();
    const line = await viewer('watch', { bbox: [0, 0, 0.5, 2], zoom: 11 });
    report('near', 0.1);
    tick();
    expect(line.read[0]?.news.view?.mode).toBe('whole');
    for (let n = 0; n < 2_100; n++) report(`far${n}`, 20 + n / 100);
    for (let round = 0; round < 310; round++) tick();
    expect(line.read.findLast(({ news }) => news.view)?.news.view?.mode).toBe('cells');
    expect([...line.units.keys()]).toEqual(['near']);
  });

  it('W1 does not tell the delayed who reports now', async () => {
    const { tick, report, viewer } = setUp();
    report('u1', 1, startMs - 2 * 3_600_000);
    const line = await viewer('analyst');
    tick();
    expect(lonOf(line, 'u1')).toBeCloseTo(1, 4);
    for (let round = 0; round < 45; round++) {
      report('u1', 2 + round);
      tick();
    }
    expect(line.read.slice(1).filter(({ unitsChanged }) => unitsChanged)).toEqual([]);
    expect(lonOf(line, 'u1')).toBeCloseTo(1, 4);
  });

  it('W5 mends no cells but those that the viewer has', async () => {
    const { wire, tick, report, viewer } = setUp();
    report('u1', 1);
    const line = await viewer();
    tick();
    wire.mend(line, [0, 0, 77, 1_000_000]);
    for (let round = 0; round < 4; round++) tick();
    expect(line.read.filter(({ unitsChanged }) => unitsChanged)).toHaveLength(2);
    expect(lonOf(line, 'u1')).toBeCloseTo(1, 4);
  });

  it('W18 says how long a tick is when it is stretched', async () => {
    const { tick, viewer } = setUp();
    const line = await viewer();
    tick(100, 100);
    tick(2_000, 400);
    expect(line.read.at(-1)?.beat?.tickLengthMs).toBe(400);
    expect([nextLength(100, 80), nextLength(800, 600), nextLength(400, 30), nextLength(100, 50)]).toEqual([
      200, 1_000, 200, 100,
    ]);
  });
});
