import type { Durability } from '../record.ts';
import type { RedisClient } from './redis-client.ts';

type Inspected = Pick<RedisClient, 'info' | 'config' | 'address'>;

export interface Inspection {
  readonly durability: Durability;
  /** Why this Redis must not hold a record, in one sentence with how to mend it; undefined when it may. */
  readonly refusal: string | undefined;
}

const timeoutMs = 3000;
const oldestMajorVersion = 7;

/** Reads from Redis how durable it is and whether it may hold a record. On a cluster the weakest node counts. */
export async function inspect(client: Inspected): Promise<Inspection> {
  const infos = (await client.info(timeoutMs)).map(parseInfo);
  const fsyncs = await client.config(timeoutMs, 'appendfsync').catch(() => undefined);
  const durabilities = infos.map((info, index) => durabilityOf(info, fsyncs?.[index]));
  const refusals = infos.map((info) => refusalOf(info, client));
  return {
    durability: weakest(durabilities),
    refusal: refusals.find((refusal) => refusal !== undefined),
  };
}

function refusalOf(info: ReadonlyMap<string, string>, client: Inspected): string | undefined {
  const { shown, kind } = client.address;
  const version = info.get('redis_version') ?? '0';
  if (Number.parseInt(version) < oldestMajorVersion)
    return `Redis at ${shown} is version ${version}; Nightflash needs ${oldestMajorVersion}.0 or newer`;
  if (kind === 'single' && info.get('cluster_enabled') === '1')
    return `Redis at ${shown} is a node of a cluster: give REDIS_URL as a comma-separated list of its nodes`;
  const policy = info.get('maxmemory_policy') ?? 'noeviction';
  if (policy !== 'noeviction')
    return `Redis at ${shown} may throw entries away (maxmemory-policy ${policy}): set "maxmemory-policy noeviction"`;
  return undefined;
}

/** `fsync` is undefined where CONFIG is forbidden, as on managed servers. */
function durabilityOf(info: ReadonlyMap<string, string>, fsync: string | undefined): Durability {
  if (info.get('aof_enabled') !== '1') return 'none';
  if (fsync === 'always') return 'always';
  return fsync === 'no' ? 'none' : 'everysec';
}

function weakest(durabilities: readonly Durability[]): Durability {
  const order: readonly Durability[] = ['none', 'everysec', 'always'];
  return order.find((durability) => durabilities.includes(durability)) ?? 'none';
}

function parseInfo(text: string): ReadonlyMap<string, string> {
  const pairs = text.split(/\r?\n/).filter((line) => line.includes(':'));
  return new Map(pairs.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]));
}
