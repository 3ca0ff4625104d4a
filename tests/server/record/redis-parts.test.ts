import { describe, expect, it } from 'vitest';
import { parseRedisAddress } from '../../../server/record/redis/redis-address.ts';
import { mergeParts, parseStreamPart } from '../../../server/record/redis/redis-entries.ts';
import { inspect } from '../../../server/record/redis/redis-inspect.ts';
import { NoAnswer, reasonOf } from '../../../server/record/redis/redis-reasons.ts';

function part(stream: 'positions' | 'events', seqs: readonly number[]) {
  const reply = seqs.map((seq) => [`${seq}-0`, ['t', '5', 'b', Buffer.from('x')]]);
  return parseStreamPart(stream, reply);
}

describe('mergeParts', () => {
  it('puts both streams into the order of seq', () => {
    const merged = mergeParts([part('positions', [1, 4, 5]), part('events', [2, 3, 9])], 100);
    expect(merged.entries.map((entry) => entry.seq)).toEqual([1, 2, 3, 4, 5, 9]);
    expect(merged.completeTo).toBe(Number.POSITIVE_INFINITY);
  });

  it('lets nothing through behind the end of a part that COUNT cut short', () => {
    const merged = mergeParts([part('positions', [1, 4, 5]), part('events', [2, 9])], 3);
    expect(merged.entries.map((entry) => entry.seq)).toEqual([1, 2, 4, 5]);
    expect(merged.completeTo).toBe(5);
  });

  it('reaches as far as the nearer end when both were cut short', () => {
    const merged = mergeParts([part('positions', [1, 2]), part('events', [3, 4])], 2);
    expect(merged.entries.map((entry) => entry.seq)).toEqual([1, 2]);
    expect(merged.completeTo).toBe(2);
  });
});

describe('parseStreamPart', () => {
  it('passes over what is no entry but counts it, also for where the part ends', () => {
    const reply = [
      ['1-0', ['t', '5', 'b', Buffer.from('x')]],
      ['2-0', ['t', '5']],
      ['3-0', ['t', 'soon', 'b', Buffer.from('x')]],
      ['4-0', null],
    ];
    const { entries, lastSeq, elements, damaged } = parseStreamPart('events', reply);
    expect([entries.length, lastSeq, elements, damaged]).toEqual([1, 4, 4, 3]);
    expect(parseStreamPart('events', null)).toMatchObject({ elements: 0, lastSeq: 0 });
  });
});

describe('inspect', () => {
  const address = parseRedisAddress('redis://u:s3cret@h:1');
  const info = (overrides: Record<string, string> = {}): string =>
    Object.entries({
      redis_version: '7.0.15',
      cluster_enabled: '0',
      maxmemory_policy: 'noeviction',
      aof_enabled: '1',
      ...overrides,
    })
      .map(([name, value]) => `${name}:${value}\r\n`)
      .join('');
  const server = (infos: readonly string[], fsyncs: readonly string[] | Error) => ({
    address,
    info: async () => infos,
    config: async () => {
      if (fsyncs instanceof Error) throw fsyncs;
      return fsyncs;
    },
  });

  it('refuses a version older than 7.0 and takes newer ones', async () => {
    const old = await inspect(server([info({ redis_version: '6.2.14' })], ['always']));
    expect(old.refusal).toBe('Redis at h:1 is version 6.2.14; Nightflash needs 7.0 or newer');
    const newer = await inspect(server([info({ redis_version: '10.0.1' })], ['always']));
    expect(newer).toEqual({ refusal: undefined, durability: 'always' });
  });

  it('goes by the weakest node of a cluster', async () => {
    const { durability } = await inspect(server([info(), info(), info()], ['always', 'everysec', 'always']));
    expect(durability).toBe('everysec');
    const policies = [info(), info({ maxmemory_policy: 'volatile-ttl' })];
    expect((await inspect(server(policies, ['always', 'always']))).refusal).toContain('volatile-ttl');
  });

  it('does without CONFIG', async () => {
    const forbidden = new Error('NOPERM');
    expect((await inspect(server([info()], forbidden))).durability).toBe('everysec');
    expect((await inspect(server([info({ aof_enabled: '0' })], forbidden))).durability).toBe('none');
  });
});

describe('reasonOf', () => {
  it.each([
    ["OOM command not allowed when used memory > 'maxmemory'.", 'is out of memory'],
    ["READONLY You can't write against a read only replica.", 'is a read-only replica'],
    ['MISCONF Redis is configured to save RDB snapshots', 'cannot write to its own disk'],
    ['NOREPLICAS Not enough good replicas to write.', 'has too few replicas'],
    ['WRONGPASS invalid username-password pair or user is disabled.', 'refuses the user or password'],
    ['connect ECONNREFUSED 127.0.0.1:6379', 'cannot be reached (ECONNREFUSED)'],
    ['something with hunter2 in it', 'cannot be reached'],
  ])('words %s', (message, expected) => {
    const reason = reasonOf(new Error(message), 'h:1');
    expect(reason).toContain(`Redis at h:1 ${expected}`);
    expect(reason).not.toContain('hunter2');
  });

  it('words silence', () => {
    expect(reasonOf(new NoAnswer(), 'h:1')).toBe('Redis at h:1 does not answer');
  });
});
