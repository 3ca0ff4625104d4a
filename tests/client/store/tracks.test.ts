import { describe, expect, it } from 'vitest';
import type { Answer, CallFailure, request } from '../../../client/net/api.ts';
import { trackOf, Tracks } from '../../../client/store/tracks.svelte.ts';
import { atMs, iso } from '../things.ts';

const answerOf = (count: number) => ({
  geometry: { coordinates: Array.from({ length: count }, (_, at) => [10 + at, 5] as const) },
  properties: { times: Array.from({ length: count }, (_, at) => iso(atMs + at * 1000)) },
});

/** A server that answers when the test says so; `asked` are the paths, oldest first. */
function heldServer() {
  const asked: { path: string; answer: (value: Answer<unknown>) => void }[] = [];
  const ask: typeof request = <T>(_method: string, path: string) =>
    new Promise<Answer<T>>((done) => {
      asked.push({ path, answer: (value) => done(value as Answer<T>) });
    });
  return { asked, ask };
}
const refused: CallFailure = { code: 'role-not-allowed', message: 'no' };
const settled = () => new Promise<void>((done) => setTimeout(done, 0));

describe('trackOf', () => {
  it('puts positions and times side by side', () => {
    const { lonLat, timesMs } = trackOf('a', answerOf(2));
    expect([...lonLat]).toEqual([10, 5, 11, 5]);
    expect([...timesMs]).toEqual([atMs, atMs + 1000]);
  });

  it('thins what is too much, and keeps the newest fix', () => {
    const { timesMs } = trackOf('a', answerOf(45_000));
    expect(timesMs.length).toBe(15_000);
    expect(timesMs.at(-1)).toBe(atMs + 44_999_000);
  });
});

describe('Tracks', () => {
  it('shows the last track that was asked for, whichever answer comes last', async () => {
    const { asked, ask } = heldServer();
    const tracks = new Tracks(ask);
    void tracks.toggleFull('slow', atMs);
    void tracks.toggleFull('quick', atMs);
    asked[1]?.answer({ ok: true, value: answerOf(2) });
    await settled();
    asked[0]?.answer({ ok: true, value: answerOf(3) });
    await settled();
    expect(tracks.full?.unit).toBe('quick');
    expect(asked[1]?.path).toBe(`/api/units/quick/track?from=${encodeURIComponent(iso(atMs - 86_400_000))}`);
  });

  it('takes the track away when it is asked for again', async () => {
    const { asked, ask } = heldServer();
    const tracks = new Tracks(ask);
    void tracks.toggleFull('a', atMs);
    asked[0]?.answer({ ok: true, value: answerOf(2) });
    await settled();
    await tracks.toggleFull('a', atMs);
    expect(tracks.full).toBeUndefined();
    expect(asked).toHaveLength(1);
  });

  it('says why a track did not come', async () => {
    const { asked, ask } = heldServer();
    const tracks = new Tracks(ask);
    void tracks.toggleFull('a', atMs);
    asked[0]?.answer({ ok: false, error: refused });
    await settled();
    expect(tracks.failed).toBe(refused);
    expect(tracks.loading).toBeUndefined();
  });

  it('brings the past of each unit once, further back only when that is wanted, and forgets the others', async () => {
    const { asked, ask } = heldServer();
    const tracks = new Tracks(ask);
    const bring = async (units: readonly string[], fromMs: number) => {
      const done = tracks.bring(units, fromMs);
      for (const { answer } of asked) answer({ ok: true, value: answerOf(2) });
      await settled();
      for (const { answer } of asked) answer({ ok: true, value: answerOf(2) });
      await done;
    };
    await bring(['a', 'b'], atMs);
    await bring(['a', 'b'], atMs + 1_000);
    expect(asked).toHaveLength(2);
    await bring(['a'], atMs - 3_600_000);
    expect(asked).toHaveLength(3);
    expect([...tracks.past.keys()]).toEqual(['a']);
  });
});
