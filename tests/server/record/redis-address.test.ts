import { describe, expect, it } from 'vitest';
import { parseRedisAddress } from '../../../server/record/redis/redis-address.ts';

describe('parseRedisAddress', () => {
  it('reads a single server, with and without everything', () => {
    expect(parseRedisAddress('redis://db.example')).toMatchObject({
      kind: 'single',
      nodes: [{ host: 'db.example', port: 6379 }],
      tls: false,
      db: 0,
      shown: 'db.example:6379',
    });
    expect(parseRedisAddress('rediss://joc:p%40ss%3Aw@[::1]:7000/3')).toMatchObject({
      nodes: [{ host: '::1', port: 7000 }],
      username: 'joc',
      password: 'p@ss:w',
      tls: true,
      db: 3,
    });
    expect(parseRedisAddress('redis://:only@h')).toMatchObject({ password: 'only' });
    expect(parseRedisAddress('redis://:only@h').username).toBeUndefined();
  });

  it('takes a list, or a trailing comma, for a cluster', () => {
    const nodes = [
      { host: 'a', port: 1 },
      { host: 'b', port: 2 },
    ];
    const whole = parseRedisAddress('redis://u:p@a:1, redis://b:2');
    expect(whole).toMatchObject({ kind: 'cluster', nodes, username: 'u', password: 'p', shown: 'a:1,b:2' });
    expect(parseRedisAddress('rediss://u:p@a:1,b:2')).toMatchObject({ kind: 'cluster', nodes, tls: true });
    expect(parseRedisAddress('redis://a:1,')).toMatchObject({ kind: 'cluster', nodes: [nodes[0]] });
  });

  it('reads sentinels with the name of the group and its options', () => {
    const url = 'redis-sentinel://u:p@s1:26379,s2/mission?db=2&tls=1&sentinel-password=x';
    expect(parseRedisAddress(url)).toMatchObject({
      kind: 'sentinel',
      nodes: [
        { host: 's1', port: 26379 },
        { host: 's2', port: 26379 },
      ],
      username: 'u',
      password: 'p',
      masterName: 'mission',
      db: 2,
      tls: true,
      sentinelPassword: 'x',
    });
  });

  it.each([
    'http://u:s3cret@h',
    'redis://',
    'redis://u:s3cret@',
    'redis://u:s3cret@h:99999',
    'redis://u:s3cret@h/x',
    'redis://u:s3cret@a,b/1',
    'redis://u:s3cret%zz@h',
    'redis-sentinel://u:s3cret@h',
    's3cret',
  ])('refuses %s in one line that does not repeat it', (url) => {
    let message = '';
    try {
      parseRedisAddress(url);
    } catch (cause) {
      message = String(cause);
    }
    expect(message).toMatch(/REDIS_URL (is not an address of Redis; expected|names a database)/);
    expect(message).not.toMatch(/s3cret|\n/);
  });
});
