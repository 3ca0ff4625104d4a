import { describe, expect, it } from 'vitest';
import { Connection } from '../../../client/store/connection.svelte.ts';
import { Clock } from '../../../client/store/time.svelte.ts';

const start = Date.parse('2026-11-22T16:40:00.000Z');

/** A connection on a clock that the test turns; the server's clock is two hours ahead of the computer's. */
function setUp() {
  let now = 10_000;
  const serverMs = () => start + now;
  const clock = new Clock(() => now, start - 7_200_000);
  const connection = new Connection(clock, () => now);
  const beat = (lateMs = 0, behindS?: number) => {
    const atMs = serverMs();
    connection.serverTime(atMs, false);
    connection.heartbeat({ atMs, seq: 1, heartbeatMs: atMs - lateMs, tickLengthMs: 100 }, behindS);
  };
  const pass = (ms: number) => {
    now += ms;
    connection.judge();
  };
  return { connection, clock, beat, pass, serverMs };
}

describe('Connection', () => {
  it('is live while heartbeats come and stale within five seconds of the last', () => {
    const { connection, beat, pass, serverMs } = setUp();
    connection.connected();
    beat();
    expect(connection.state).toEqual({ kind: 'live', ageS: 0 });
    const last = serverMs();
    pass(3_000);
    expect(connection.state.kind).toBe('live');
    pass(1_000);
    expect(connection.state).toEqual({ kind: 'stale', sinceMs: last });
    beat();
    expect(connection.state.kind).toBe('live');
  });

  it('does not take a heartbeat of long ago, repeated in a new picture, for proof', () => {
    const { connection, beat } = setUp();
    connection.connected();
    beat(60_000);
    expect(connection.state.kind).toBe('stale');
  });

  it('counts the time a heartbeat was on its way as age of the picture', () => {
    const { connection, beat, pass } = setUp();
    connection.connected();
    beat();
    pass(2_000);
    beat(1_500);
    expect(connection.state).toEqual({ kind: 'live', ageS: 1.5 });
  });

  it('goes offline at once, since the picture was true, and counts attempts', () => {
    const { connection, beat, pass, serverMs } = setUp();
    connection.connected();
    beat();
    const last = serverMs();
    pass(800);
    connection.disconnected('transport close');
    connection.attempt(3);
    expect(connection.state).toEqual({ kind: 'offline', sinceMs: last });
    expect(connection.attempts).toBe(3);
    connection.connected();
    expect(connection.attempts).toBe(0);
  });

  it('is behind from the server’s word until a beat without it', () => {
    const { connection, beat } = setUp();
    connection.connected();
    beat();
    beat(0, 4);
    expect(connection.state).toEqual({ kind: 'behind', behindS: 4 });
    beat();
    expect(connection.state.kind).toBe('live');
  });

  it('shows the server’s time, whatever the computer’s clock says', () => {
    const { clock, beat, serverMs } = setUp();
    beat();
    expect(clock.exactMs).toBe(serverMs());
  });

  it('keeps a refusal until a picture comes, and none for a server that restarts', () => {
    const { connection, beat } = setUp();
    connection.refused({ code: 'shutting-down', message: '' });
    expect(connection.refusal).toBeUndefined();
    connection.refused({ code: 'not-signed-in', message: '' });
    expect(connection.refusal?.code).toBe('not-signed-in');
    beat();
    expect(connection.refusal).toBeUndefined();
  });
});
