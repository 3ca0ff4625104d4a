import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { Redis } from 'ioredis';
import type { RecordEntry } from '../../server/record/record.ts';
import type { Durability } from '../../server/record/record.ts';
import type { RecordPlace } from './record-helpers.ts';

/** Removes what tests made; call it in afterAll. */
export type CleanUp = () => Promise<void>;

/** Fresh folders for embedded records. */
export function embeddedPlaces(): { makePlace(): Promise<RecordPlace>; cleanUp: CleanUp } {
  const folders: string[] = [];
  return {
    makePlace: async () => {
      const folder = await mkdtemp(join(tmpdir(), 'nightflash-record-'));
      folders.push(folder);
      return embeddedPlace(join(folder, 'data'));
    },
    cleanUp: async () => {
      for (const folder of folders) await rm(folder, { recursive: true, force: true });
    },
  };
}

function embeddedPlace(dataDir: string): RecordPlace {
  let offsetMs = 0;
  const portable = { mode: 'live', dataDir, redisPrefix: 'unused' } as const;
  const put = (pairs: readonly (readonly [Buffer, Buffer])[]) => putInLevel(join(dataDir, 'record'), pairs);
  return {
    settings: { ...portable, nowMs: () => Date.now() + offsetMs },
    portable,
    durability: 'always',
    writeFormat1: (mode, epoch, entries) =>
      put([
        [Buffer.from('mformat'), Buffer.from('1')],
        [Buffer.from('mmode'), Buffer.from(mode)],
        [Buffer.from('mepoch'), Buffer.from(epoch)],
        ...entries.map(levelPair),
      ]),
    setFormat: (format) => put([[Buffer.from('mformat'), Buffer.from(String(format))]]),
    getFormat: () => getFromLevel(join(dataDir, 'record'), Buffer.from('mformat')),
    writeDamaged: (seq) => put([[levelKey(seq), Buffer.from([1, 2])]]),
    turnClockBack: async () => {
      offsetMs = -3_600_000;
    },
  };
}

function levelKey(seq: number): Buffer {
  const key = Buffer.alloc(9);
  key.write('e');
  key.writeBigUInt64BE(BigInt(seq), 1);
  return key;
}

function levelPair({ seq, atMs, stream, body }: RecordEntry): readonly [Buffer, Buffer] {
  const head = Buffer.alloc(9);
  head[0] = stream === 'positions' ? 0 : 1;
  head.writeBigUInt64BE(BigInt(atMs), 1);
  return [levelKey(seq), Buffer.concat([head, body])];
}

async function putInLevel(folder: string, pairs: readonly (readonly [Buffer, Buffer])[]): Promise<void> {
  const level = new ClassicLevel<Buffer, Buffer>(folder, { keyEncoding: 'buffer', valueEncoding: 'buffer' });
  await level.batch(pairs.map(([key, value]) => ({ type: 'put', key, value })));
  await level.close();
}

async function getFromLevel(folder: string, key: Buffer): Promise<string> {
  const level = new ClassicLevel<Buffer, Buffer>(folder, { keyEncoding: 'buffer', valueEncoding: 'buffer' });
  const value = await level.get(key);
  await level.close();
  return String(value);
}

let prefixes = 0;

/** A prefix on a running Redis that no other test uses. */
export function redisPlace(url: string, durability: Durability): RecordPlace {
  const redisPrefix = `test-${(prefixes += 1)}`;
  const portable = { mode: 'live', dataDir: '/nowhere', redisUrl: url, redisPrefix } as const;
  const key = (name: string): string => `{${redisPrefix}}:${name}`;
  const using = async <Result>(work: (redis: Redis) => Promise<Result>): Promise<Result> => {
    const redis = new Redis(url);
    try {
      return await work(redis);
    } finally {
      redis.disconnect();
    }
  };
  return {
    settings: { ...portable, nowMs: () => Number.NaN },
    portable,
    durability,
    writeFormat1: (mode, epoch, entries) =>
      using(async (redis) => {
        const last = entries.at(-1);
        const counters = { seq: String(last?.seq ?? 0), lastAt: String(last?.atMs ?? 0) };
        await redis.hset(key('meta'), { format: '1', mode, epoch, ...counters });
        for (const { seq, atMs, stream, body } of entries)
          await redis.xadd(key(stream), `${seq}-0`, 't', String(atMs), 'b', Buffer.from(body));
      }),
    setFormat: (format) => using(async (redis) => void (await redis.hset(key('meta'), { format }))),
    getFormat: () => using(async (redis) => String(await redis.hget(key('meta'), 'format'))),
    writeDamaged: (seq) =>
      using(async (redis) => {
        await redis.xadd(key('events'), `${seq}-0`, 'someone', 'else');
        await redis.hset(key('meta'), { seq });
      }),
    turnClockBack: () =>
      using(async (redis) => void (await redis.hset(key('meta'), { lastAt: Date.now() + 3_600_000 }))),
  };
}
