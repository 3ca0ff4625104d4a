export interface HostPort {
  readonly host: string;
  readonly port: number;
}

export interface RedisAddress {
  readonly kind: 'single' | 'cluster' | 'sentinel';
  /** The server, the known nodes of the cluster, or the sentinels. */
  readonly nodes: readonly HostPort[];
  readonly username?: string;
  readonly password?: string;
  readonly tls: boolean;
  readonly db: number;
  /** Sentinel's name for the group of servers. */
  readonly masterName?: string;
  readonly sentinelUsername?: string;
  readonly sentinelPassword?: string;
  /** The address for messages: hosts and ports, never a user or password. */
  readonly shown: string;
}

const expected =
  'redis://host:6379, rediss://host:6379, a comma-separated list of Cluster nodes, or redis-sentinel://host:26379,host2:26379/master';

/**
 * Reads an address as people write them:
 *
 *   redis://[user:password@]host[:port][/db]          rediss:// for TLS
 *   redis://[user:password@]host:port,host2:port,…    a list (or a trailing comma) means Redis Cluster
 *   redis-sentinel://[user:password@]host:port,…/masterName[?db=1][&tls=1][&sentinel-user=…][&sentinel-password=…]
 *
 * User and password of a sentinel address are those of Redis. Fails without repeating what was given, since that
 * may hold a password.
 */
export function parseRedisAddress(url: string): RedisAddress {
  // Each node of a list may be written as a whole address: what follows the first scheme does without.
  const list = url.trim().replace(/,\s*rediss?:\/\//g, ',');
  const match = /^(redis|rediss|redis-sentinel):\/\/([^/?#]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/.exec(list);
  if (match === null) throw wrongAddress();
  const [, scheme, authority = '', path = '', query = ''] = match;
  const parameters = new URLSearchParams(query);
  const sentinel = scheme === 'redis-sentinel';
  const { credentials, hosts } = splitAuthority(authority);
  const nodes = hosts.map((host) => parseHost(host, sentinel ? 26379 : 6379));
  if (nodes.length === 0 || (sentinel && path === '')) throw wrongAddress();
  const kind = sentinel ? 'sentinel' : authority.includes(',') ? 'cluster' : 'single';
  const db = parseDb(parameters.get('db') ?? (sentinel ? '' : path));
  if (kind === 'cluster' && db !== 0)
    throw new Error('REDIS_URL names a database number, but Redis Cluster has only database 0');
  return {
    kind,
    nodes,
    ...credentials,
    tls: scheme === 'rediss' || parameters.get('tls') === '1',
    db,
    ...(sentinel ? sentinelParts(path, parameters) : {}),
    shown: nodes.map((node) => `${node.host}:${node.port}`).join(','),
  };
}

function sentinelParts(path: string, parameters: URLSearchParams): Partial<RedisAddress> {
  return {
    masterName: decode(path),
    sentinelUsername: parameters.get('sentinel-user') ?? undefined,
    sentinelPassword: parameters.get('sentinel-password') ?? undefined,
  };
}

function splitAuthority(authority: string): { credentials: Partial<RedisAddress>; hosts: string[] } {
  let credentials: Partial<RedisAddress> = {};
  const hosts: string[] = [];
  for (const part of authority.split(',')) {
    const node = part.trim();
    const at = node.lastIndexOf('@');
    // The first credentials are everyone's.
    if (at >= 0 && credentials.password === undefined) credentials = parseCredentials(node.slice(0, at));
    const host = node.slice(at + 1);
    if (host !== '') hosts.push(host);
  }
  return { credentials, hosts };
}

function parseCredentials(text: string): Partial<RedisAddress> {
  const colon = text.indexOf(':');
  if (colon < 0) return { password: decode(text) };
  const username = decode(text.slice(0, colon));
  return { ...(username === '' ? {} : { username }), password: decode(text.slice(colon + 1)) };
}

function parseHost(text: string, defaultPort: number): HostPort {
  const match = /^(\[[0-9a-fA-F:.]+\]|[^:[\]@\s]+)(?::(\d{1,5}))?$/.exec(text);
  const port = Number(match?.[2] ?? defaultPort);
  if (match?.[1] === undefined || port < 1 || port > 65535) throw wrongAddress();
  return { host: match[1].replace(/^\[|\]$/g, ''), port };
}

function parseDb(text: string): number {
  if (text === '') return 0;
  if (!/^\d{1,5}$/.test(text)) throw wrongAddress();
  return Number(text);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw wrongAddress();
  }
}

function wrongAddress(): Error {
  return new Error(`REDIS_URL is not an address of Redis; expected ${expected}`);
}
