import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { inPace, type Clock } from '../../../server/cli/play/pace.ts';
import { playFile, realClock } from '../../../server/cli/play/play-file.ts';
import { postPositions } from '../../../server/cli/play/post-positions.ts';
import { Summary } from '../../../server/cli/play/summary.ts';
import type { TrackFix } from '../../../server/cli/play/track-fix.ts';
import type { PositionIn } from '../../../shared/model/position.ts';
import { testServer } from '../../support/test-server.ts';

const startMs = Date.parse('2026-11-22T18:00:00Z');
const noSignal = new AbortController().signal;

/** A clock that goes on only when somebody waits. */
function standingClock(): Clock & { waited: number[] } {
  let nowMs = startMs;
  const waited: number[] = [];
  return {
    waited,
    nowMs: () => nowMs,
    wait: (ms) => {
      waited.push(ms);
      nowMs += ms;
      return Promise.resolve();
    },
  };
}

async function* hourOf(units: number, stepS: number): AsyncIterable<TrackFix> {
  for (let atMs = 0; atMs <= 3_600_000; atMs += stepS * 1_000) {
    for (let unit = 0; unit < units; unit += 1)
      yield { unit: `u${unit}`, atMs: atMs + 5e12, lon: unit, lat: 1 };
  }
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe('the pace of a replay', () => {
  it('plays an hour in six minutes at ten times its speed, beginning now', async () => {
    const clock = standingClock();
    const batches = await collect(
      inPace(hourOf(3, 10), { firstMs: 5e12, speed: 10, clock, signal: noSignal }),
    );
    const times = batches.flat().map(({ time }) => Date.parse(time));
    expect(times[0]).toBe(startMs);
    expect(times.at(-1)).toBe(startMs + 360_000);
    expect(clock.nowMs() - startMs).toBeGreaterThanOrEqual(360_000);
    expect(clock.nowMs() - startMs).toBeLessThan(361_000);
  });

  it('never gives one unit two fixes of one time, however fast', async () => {
    const options = { firstMs: 5e12, speed: 1e6, clock: standingClock(), signal: noSignal };
    const fixes = (await collect(inPace(hourOf(2, 10), options))).flat();
    expect(new Set(fixes.map(({ unit, time }) => `${unit} ${time}`)).size).toBe(fixes.length);
  });

  it('ends when it is told to', async () => {
    const stopping = new AbortController();
    const batches: PositionIn[][] = [];
    for await (const batch of inPace(hourOf(1, 10), {
      firstMs: 5e12,
      speed: 1,
      clock: standingClock(),
      signal: stopping.signal,
    })) {
      batches.push(batch);
      if (batches.length === 3) stopping.abort();
    }
    expect(batches).toHaveLength(3);
  });
});

function answering(...answers: (Response | Error)[]): typeof globalThis.fetch {
  return () => {
    const next = answers.shift();
    return next instanceof Response
      ? Promise.resolve(next)
      : Promise.reject(next ?? new Error('no more answers'));
  };
}

const good = (): Response => Response.json({ accepted: 1, duplicates: 0, rejected: [] });

describe('posting a batch', () => {
  const batch: PositionIn[] = [{ unit: 'u', time: '2026-11-22T18:00:00Z', lon: 1, lat: 2 }];
  const options = { url: 'http://127.0.0.1:1', token: 'x', signal: noSignal };

  it('tries until a server that is away or cannot write has taken it', async () => {
    const clock = standingClock();
    const retries: string[] = [];
    const refused = new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
    const fetch = answering(
      refused,
      new Response('', { status: 503 }),
      new Response('', { status: 429 }),
      good(),
    );
    const posted = await postPositions(batch, {
      ...options,
      clock,
      fetch,
      onRetry: (why) => retries.push(why),
    });
    expect(posted).toMatchObject({ accepted: 1 });
    expect(retries).toEqual(['no server answers', 'the server answers 503', 'the server answers 429']);
    expect(clock.waited).toEqual([500, 1_000, 2_000]);
  });

  it('gives up at a refusal that will not change, with the sentence of the server', async () => {
    const body = { error: { code: 'role-not-allowed', message: 'wall may not report positions' } };
    const fetch = answering(Response.json(body, { status: 403 }));
    const posting = postPositions(batch, {
      ...options,
      clock: standingClock(),
      fetch,
      onRetry: () => undefined,
    });
    await expect(posting).rejects.toThrow('wall may not report positions (role-not-allowed)');
  });

  it('says when the address is something else', async () => {
    const fetch = answering(new Response('<html>', { status: 404 }));
    const posting = postPositions(batch, {
      ...options,
      clock: standingClock(),
      fetch,
      onRetry: () => undefined,
    });
    await expect(posting).rejects.toThrow('it answers 404; is this address Nightflash?');
  });
});

describe('the summary', () => {
  it('counts and gives the times that half and nearly all POSTs stayed within', () => {
    const summary = new Summary();
    for (let tookMs = 1; tookMs <= 100; tookMs += 1) {
      summary.add(10, {
        accepted: 8,
        duplicates: 1,
        rejected: [{ index: 0, code: 'time-future', field: 'time', message: '' }],
        tookMs,
      });
    }
    expect(summary.lines(2_000)).toEqual([
      'sent 1000 in 2.0 s (500/s), 100 POSTs, 0 retries',
      'accepted 800, duplicates 100, rejected 100 (time-future 100)',
      'POST p50 51.0 ms, p99 100.0 ms',
    ]);
  });
});

describe('playing a file to a server', () => {
  it('brings every fix to the picture; its units are unregistered', async () => {
    const server = await testServer();
    const folder = mkdtempSync(join(tmpdir(), 'nightflash-play-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const rows = Array.from(
      { length: 300 },
      (_, index) => `p${index % 3},${index * 10},${1 + index / 1e4},30,36,90`,
    );
    writeFileSync(join(folder, 'a.csv'), `unit,t,lat,lon,kmh,hdg\n${rows.join('\n')}\nbad,row,,\n`);
    let shown = 0;
    const { summary, survey } = await playFile({
      file: join(folder, 'a.csv'),
      speed: 100_000,
      url: server.url,
      token: () => server.token('feed'),
      signal: noSignal,
      clock: realClock,
      progress: () => ({ update: (done) => (shown = done), say: () => undefined, stop: () => undefined }),
    });
    expect([survey.fixes, survey.unreadable, shown]).toEqual([300, 1, 300]);
    expect([summary.sent, summary.accepted, summary.duplicates]).toEqual([300, 300, 0]);
    const unit = server.livePicture.picture.units.get('p2');
    expect(unit).toMatchObject({
      registered: false,
      live: { lat: 1.0299, lon: 30, speedMps: 10, courseDeg: 90 },
    });
  });
});
