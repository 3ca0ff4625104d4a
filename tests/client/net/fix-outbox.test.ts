import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FixOutbox, type FixReply } from '../../../client/net/fix-outbox.ts';
import type { FixStore } from '../../../client/net/fix-store.ts';
import { packFixes, type PhoneFix } from '../../../client/net/phone-fix.ts';
import { makeSeededRandom, type SeededRandom } from '../../../server/exercise/seeded-random.ts';
import { FixColumns } from '../../../shared/model/fix-columns.ts';
import { readPackedFixes } from '../../../shared/model/packed-fixes.ts';

const startMs = Date.parse('2026-11-22T16:40:00.000Z');
const fixAt = (n: number, more: Partial<PhoneFix> = {}): PhoneFix => ({
  unit: 'LRP4',
  timeMs: startMs + n * 30_000,
  lon: 29.5 + n / 1e4,
  lat: 1.5,
  ...more,
});
const keyOf = ({ unit, timeMs }: PhoneFix): string => `${unit} ${timeMs}`;

function unpacked(bytes: Uint8Array): PhoneFix[] {
  const columns = new FixColumns();
  readPackedFixes(bytes, 0, columns);
  return Array.from({ length: columns.length }, (_, row) => {
    const { device: _device, ...fix } = columns.fixAt(row, '');
    return fix;
  });
}

/** A disk that outlives the page; slow where it is told to be. */
function disk(delayMs: () => number = () => 0): FixStore & { readonly held: Map<string, PhoneFix> } {
  const held = new Map<string, PhoneFix>();
  const slowly = () => new Promise<void>((resolve) => setTimeout(resolve, delayMs()));
  return {
    held,
    load: async () => (await slowly(), [...held.values()]),
    put: async (fix) => (await slowly(), void held.set(keyOf(fix), fix)),
    remove: async (fixes) => (await slowly(), fixes.forEach((fix) => held.delete(keyOf(fix)))),
  };
}

/** A server that records every fix once, and the batches as they came. */
function server() {
  const recorded = new Map<string, PhoneFix>();
  const batches: PhoneFix[][] = [];
  const take = (bytes: Uint8Array): FixReply => {
    const fixes = unpacked(bytes);
    batches.push(fixes);
    const fresh = fixes.filter((fix) => !recorded.has(keyOf(fix)));
    for (const fix of fixes) {
      const before = recorded.get(keyOf(fix));
      // The server would refuse this as a conflict: the phone said two things of one moment.
      if (before) expect(fix).toEqual(before);
      recorded.set(keyOf(fix), fix);
    }
    return { accepted: fresh.length, duplicates: fixes.length - fresh.length, rejected: [] };
  };
  return { recorded, batches, take };
}

function outboxOf(store: FixStore, send: (bytes: Uint8Array) => Promise<FixReply>, more = {}): FixOutbox {
  return new FixOutbox({ store, send, units: ['LRP4'], nowMs: Date.now, ...more });
}

/** Lets everything happen that is due now. */
const settled = () => vi.advanceTimersByTimeAsync(1);

beforeEach(() => void vi.useFakeTimers({ now: startMs }));
afterEach(() => void vi.useRealTimers());

describe('FixOutbox', () => {
  it('sends a fix at once, says what is confirmed, and is silent while nothing is new', async () => {
    const { batches, take } = server();
    const store = disk();
    const outbox = outboxOf(store, async (bytes) => take(bytes));
    void outbox.add(fixAt(0));
    await settled();
    expect(outbox.state).toMatchObject({ waiting: 0, confirmed: { fixMs: startMs }, isKept: true });
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(batches).toHaveLength(1);
    expect(store.held.size).toBe(0);
  });

  it('brings the newest with the first batch after hours without a link, then the rest oldest first', async () => {
    const { batches, take, recorded } = server();
    let isUp = false;
    const outbox = outboxOf(disk(), async (bytes) => (isUp ? take(bytes) : 'no link'));
    for (let n = 0; n < 100; n++) void outbox.add(fixAt(n));
    await vi.advanceTimersByTimeAsync(3 * 3_600_000);
    expect(outbox.state.waiting).toBe(100);
    isUp = true;
    outbox.wake();
    await settled();
    expect(batches.map(({ length }) => length)).toEqual([30, 30, 30, 10]);
    expect(batches[0]?.[0]?.timeMs).toBe(startMs);
    expect(batches[0]?.at(-1)?.timeMs).toBe(fixAt(99).timeMs);
    expect(batches[1]?.map(({ timeMs }) => timeMs)).toEqual(
      Array.from({ length: 30 }, (_, n) => fixAt(29 + n).timeMs),
    );
    expect(recorded.size).toBe(100);
  });

  it('waits longer after each failure, up to a minute, and sends the same bytes again', async () => {
    const at: number[] = [];
    const sent: string[] = [];
    const outbox = outboxOf(disk(), async (bytes) => {
      at.push(Date.now() - startMs);
      sent.push(bytes.join());
      return { error: { code: 'record-unavailable', message: '' } };
    });
    void outbox.add(fixAt(0, { lon: 29.123456789, courseDeg: 359.7, speedMps: 1.23456 }));
    await vi.advanceTimersByTimeAsync(240_000);
    expect(at.map((ms) => Math.round(ms / 1_000))).toEqual([0, 2, 6, 14, 30, 62, 122, 182]);
    expect(new Set(sent).size).toBe(1);
    expect(outbox.state).toMatchObject({ waiting: 1, trouble: 'record-unavailable' });
  });

  it('keeps what was never answered, and has one batch under way at a time', async () => {
    let underWay = 0;
    let most = 0;
    const outbox = outboxOf(disk(), () => {
      most = Math.max(most, (underWay += 1));
      return new Promise((resolve) =>
        setTimeout(() => {
          underWay -= 1;
          resolve('no link');
        }, 15_000),
      );
    });
    for (let n = 0; n < 5; n++) void outbox.add(fixAt(n));
    await vi.advanceTimersByTimeAsync(600_000);
    expect(most).toBe(1);
    expect(outbox.state.waiting).toBe(5);
  });

  it('drops what the server refuses for good and says so, and keeps the rest of a batch it cannot read', async () => {
    const { recorded, take } = server();
    const poison = fixAt(3).timeMs;
    const outbox = outboxOf(disk(), async (bytes) => {
      const fixes = unpacked(bytes);
      if (fixes.some(({ timeMs }) => timeMs === poison))
        return { error: { code: 'bad-body', message: 'cannot be read' } };
      return take(bytes);
    });
    for (let n = 0; n < 8; n++) void outbox.add(fixAt(n));
    await settled();
    expect(recorded.size).toBe(7);
    expect(outbox.state).toMatchObject({ waiting: 0, refused: { count: 1, code: 'bad-body' } });

    const refusing = outboxOf(disk(), async () => ({
      accepted: 0,
      duplicates: 0,
      rejected: [{ index: 0, code: 'unit-not-yours', field: 'unit', message: '' }],
    }));
    void refusing.add(fixAt(0));
    await settled();
    expect(refusing.state).toMatchObject({ waiting: 0, refused: { count: 1, code: 'unit-not-yours' } });
    expect(refusing.state.confirmed).toBeUndefined();
  });

  it('thins out the middle when too many wait, never the first nor the newest', async () => {
    const store = disk();
    const outbox = outboxOf(store, async () => 'no link', { limit: 200 });
    for (let n = 0; n < 1_000; n++) void outbox.add(fixAt(n));
    await settled();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(outbox.state.waiting).toBeLessThanOrEqual(200);
    expect(store.held.size).toBe(outbox.state.waiting);
    const places = [...store.held.values()].map(({ timeMs }) => (timeMs - startMs) / 30_000);
    expect(places[0]).toBe(0);
    expect(places.slice(-40)).toEqual(Array.from({ length: 40 }, (_, n) => 960 + n));
  });

  it('leaves alone what waits for a unit of another session', async () => {
    const store = disk();
    await Promise.all([store.put(fixAt(0, { unit: 'LRP9' })), store.put(fixAt(1)), settled()]);
    const { recorded, take } = server();
    const outbox = outboxOf(store, async (bytes) => take(bytes));
    void outbox.open();
    await settled();
    await settled();
    expect([...recorded.values()].map(({ unit }) => unit)).toEqual(['LRP4']);
    expect([...store.held.values()].map(({ unit }) => unit)).toEqual(['LRP9']);
  });

  it('goes on without a disk, and says that nothing is kept', async () => {
    const broken = () => Promise.reject(new Error('private window'));
    const { recorded, take } = server();
    const outbox = outboxOf({ load: broken, put: broken, remove: broken }, async (bytes) => take(bytes));
    await outbox.open();
    void outbox.add(fixAt(0));
    await settled();
    expect(recorded.size).toBe(1);
    expect(outbox.state).toMatchObject({ waiting: 0, isKept: false });
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'loses nothing in a storm of lost calls, lost answers and reloads (seed %i)',
    async (seed) => {
      const random = makeSeededRandom(seed);
      const store = disk(() => random.integer(0, 40));
      const { recorded, take } = server();
      let isCalm = false;
      const send = (bytes: Uint8Array): Promise<FixReply> =>
        isCalm ? Promise.resolve(take(bytes)) : inStorm(random, () => take(bytes));
      let outbox = outboxOf(store, send);
      const kept: string[] = [];
      const confirmed = new Set<string>();
      for (let n = 0; n < 400; n++) {
        const jittered = fixAt(n, {
          timeMs: startMs + n * 30_000 + random.integer(-9_000, 9_000),
          lon: random.between(29, 30),
          speedMps: random.between(0, 20),
        });
        const onDisk = outbox.add(jittered).then(() => kept.push(keyOf(jittered)));
        await vi.advanceTimersByTimeAsync(random.integer(0, 30_000));
        for (const key of kept) if (!store.held.has(key)) confirmed.add(key);
        if (random.next() < 0.1) outbox.wake();
        if (random.next() < 0.05) {
          outbox.close();
          outbox = outboxOf(store, send);
          void outbox.open();
        }
        void onDisk;
      }
      await vi.advanceTimersByTimeAsync(5_000);
      expect(kept).toHaveLength(400);
      // What left the disk in the storm is on record; the others still wait there.
      for (const key of confirmed) expect(recorded.has(key)).toBe(true);
      for (const key of kept) expect(recorded.has(key) || store.held.has(key)).toBe(true);
      expect(confirmed.size).toBeGreaterThan(50);
      isCalm = true;
      await vi.advanceTimersByTimeAsync(120_000);
      expect([...recorded.keys()].sort()).toEqual([...kept].sort());
      expect(store.held.size).toBe(0);
      expect(outbox.state.waiting).toBe(0);
    },
  );
});

/** What a bad link does to a call: lost on the way up, lost on the way down, late, refused for now. */
async function inStorm(random: SeededRandom, take: () => FixReply): Promise<FixReply> {
  const fate = random.next();
  await new Promise((resolve) => setTimeout(resolve, random.integer(0, 8_000)));
  if (fate < 0.25) return 'no link';
  if (fate < 0.3) return { error: { code: 'record-unavailable', message: '' } };
  if (fate < 0.35) throw new Error('the socket broke');
  const reply = take();
  if (fate < 0.55) return 'no link';
  // Later than anybody waits.
  if (fate < 0.65) await new Promise((resolve) => setTimeout(resolve, 25_000));
  return reply;
}

describe('the packed uplink of a phone', () => {
  const random = makeSeededRandom(7);
  const noise = (most: number): number => random.between(-most, most);
  /** A phone that reports every `everyS`, with the jitter of real sensors. */
  const way = (speedMps: number, everyS: number): PhoneFix[] => {
    let courseDeg = 70;
    let [lon, lat] = [29.5, 1.5];
    return Array.from({ length: 30 }, (_, n) => {
      courseDeg += speedMps > 0 ? noise(15) : 0;
      const stepDeg = (speedMps * everyS) / 111_195;
      lon += stepDeg * Math.sin((courseDeg * Math.PI) / 180);
      lat += stepDeg * Math.cos((courseDeg * Math.PI) / 180);
      const isMoving = speedMps > 0;
      return {
        unit: 'LRP4',
        timeMs: startMs + n * everyS * 1_000 + random.integer(0, 900),
        lon: lon + noise(4e-5),
        lat: lat + noise(4e-5),
        ...(isMoving ? { courseDeg: (courseDeg + 360) % 360 } : {}),
        speedMps: isMoving ? speedMps + noise(speedMps * 0.2) : 0,
        altitudeM: 1_200 + noise(8),
        accuracyM: random.between(4, 25),
      };
    });
  };

  it.each([
    ['walking', 1.4, 30],
    ['driving', 15, 13],
    ['halted', 0, 30],
  ])('takes at most 12 bytes a fix in a batch of 30, %s', (_, speedMps, everyS) => {
    const bytes = packFixes(way(speedMps, everyS)).length / 30;
    expect(bytes).toBeLessThanOrEqual(12);
  });
});
