import { describe, expect, it } from 'vitest';
import { isTrue, linkState, type LinkFacts } from '../../../client/store/link.ts';

const since = Date.parse('2026-11-22T16:40:12Z');
const stale = 3_500;
const facts: LinkFacts = {
  connected: true,
  provedAt: 100_000,
  provedServerMs: since,
  behindSinceServerMs: undefined,
  serverNowMs: since + 1_000,
  startedAt: 0,
};

describe('linkState', () => {
  it('is live, with the age of the picture', () => {
    expect(linkState(facts, 100_400, stale)).toEqual({ kind: 'live', ageS: 0.4 });
  });

  it('is live to the last moment, then stale since the picture was true', () => {
    expect(linkState(facts, 103_500, stale).kind).toBe('live');
    expect(linkState(facts, 103_501, stale)).toEqual({ kind: 'stale', sinceMs: since });
  });

  it('is offline as soon as the link is down, since the picture was true', () => {
    expect(linkState({ ...facts, connected: false }, 100_100, stale)).toEqual({
      kind: 'offline',
      sinceMs: since,
    });
  });

  it('is offline rather than stale when both hold', () => {
    expect(linkState({ ...facts, connected: false }, 200_000, stale).kind).toBe('offline');
  });

  it('says how far it is behind when the server says so', () => {
    const behind = { ...facts, behindSinceServerMs: since - 6_000 };
    expect(linkState(behind, 100_100, stale)).toEqual({ kind: 'behind', behindS: 7 });
  });

  it('is stale rather than behind when no heartbeat comes', () => {
    expect(linkState({ ...facts, behindSinceServerMs: since }, 104_000, stale).kind).toBe('stale');
  });

  it('has patience at first, then owns up', () => {
    const first = { ...facts, connected: false, provedAt: undefined, provedServerMs: undefined };
    expect(linkState(first, 3_900, stale)).toEqual({ kind: 'connecting' });
    expect(linkState(first, 4_000, stale)).toEqual({ kind: 'offline', sinceMs: undefined });
    expect(linkState({ ...first, connected: true }, 4_000, stale)).toEqual({
      kind: 'stale',
      sinceMs: undefined,
    });
  });

  it('lets only live and behind pass for the present', () => {
    const kinds = ['connecting', 'stale', 'offline'] as const;
    expect(kinds.map((kind) => isTrue({ kind, sinceMs: undefined }))).toEqual([false, false, false]);
    expect(isTrue({ kind: 'live', ageS: 0 }) && isTrue({ kind: 'behind', behindS: 1 })).toBe(true);
  });
});
