import { onTestFinished } from 'vitest';
import { FailureRun, seatsAt, tokensIn } from './failure-run.ts';
import { startRedis } from './redis.ts';
import { serverProcess } from './server-process.ts';
import { tcpProxy, type TcpProxy } from './tcp-proxy.ts';
import { temporaryFolder } from './test-server.ts';

async function proxyTo(port: number, seed: number): Promise<TcpProxy> {
  const proxy = await tcpProxy(port, seed);
  onTestFinished(() => proxy.close());
  return proxy;
}

export interface Ways {
  readonly run: FailureRun;
  readonly viewers: TcpProxy;
  readonly feeders: TcpProxy;
  readonly toRedis: TcpProxy;
}

/**
 * Server A is reached by viewers, by feeders and itself reaches Redis through a proxy each; server B has none. Half
 * the screens sit behind the proxy, half at B, who must notice nothing of what is between A and its viewers.
 */
export async function ways(): Promise<Ways> {
  const redis = await startRedis({ appendonly: 'yes', appendfsync: 'always' });
  onTestFinished(() => redis.remove());
  const env = { REDIS_URL: redis.url, DATA_DIR: temporaryFolder() };
  const tokens = await tokensIn(env);
  const toRedis = await proxyTo(redis.port, 3);
  const [a, b] = await Promise.all([
    serverProcess({ REDIS_URL: `redis://127.0.0.1:${toRedis.port}`, DATA_DIR: temporaryFolder() }),
    serverProcess(env),
  ]);
  const [viewers, feeders] = [await proxyTo(a.port, 1), await proxyTo(a.port, 2)];
  const behindProxy = seatsAt(`http://127.0.0.1:${viewers.port}`, a.url);
  const run = await FailureRun.begin({
    tokens,
    seats: [...behindProxy, ...seatsAt(b.url)],
    doors: [`http://127.0.0.1:${feeders.port}`, b.url],
    servers: [a.url, b.url],
  });
  return { run, viewers, feeders, toRedis };
}
