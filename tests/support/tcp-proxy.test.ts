import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { tcpProxy, type TcpProxy } from './tcp-proxy.ts';
import { until } from './wait.ts';

/** A server that gives back what it gets, seen through a proxy. */
async function echoBehindProxy(): Promise<TcpProxy> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const proxy = await tcpProxy(address.port, 7);
  onTestFinished(async () => {
    await proxy.close();
    server.close();
  });
  return proxy;
}

interface Caller {
  readonly socket: Socket;
  heard(): string;
  readonly closed: Promise<unknown>;
}

async function call({ port }: TcpProxy): Promise<Caller> {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => undefined);
  const closed = once(socket, 'close').catch(() => undefined);
  let heard = '';
  socket.on('data', (bytes: Buffer) => (heard += bytes.toString()));
  await once(socket, 'connect');
  return { socket, heard: () => heard, closed };
}

const hears = (caller: Caller, text: string): Promise<boolean> =>
  until(() => caller.heard() === text, { what: `to hear ${text.slice(0, 20)}` });

describe('tcp proxy', () => {
  it('hands everything on in order, however the weather is', async () => {
    const proxy = await echoBehindProxy();
    proxy.weather({ latencyMs: 5, jitterMs: 30, lossChance: 0.05 });
    const caller = await call(proxy);
    const text = Array.from({ length: 4_000 }, (_, at) => `${at} `).join('');
    caller.socket.write(text.slice(0, 9_000));
    caller.socket.write(text.slice(9_000));
    await hears(caller, text);
  });

  it('takes its time: twice the latency for a round trip, and as long as the bytes need', async () => {
    const proxy = await echoBehindProxy();
    const caller = await call(proxy);
    proxy.weather({ latencyMs: 60 });
    let begun = performance.now();
    caller.socket.write('a');
    await hears(caller, 'a');
    expect(performance.now() - begun).toBeGreaterThanOrEqual(119);
    proxy.weather({ latencyMs: 0, bytesPerS: 10_000 });
    begun = performance.now();
    caller.socket.write('b'.repeat(2_800));
    await hears(caller, `a${'b'.repeat(2_800)}`);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(279);
  });

  it('shows a loss as TCP does: late, and everything behind it too', async () => {
    const proxy = await echoBehindProxy();
    const caller = await call(proxy);
    proxy.weather({ lossChance: 0.1 });
    const tookMs: number[] = [];
    for (let count = 1; count <= 20; count++) {
      const begun = performance.now();
      caller.socket.write('x');
      await hears(caller, 'x'.repeat(count));
      tookMs.push(performance.now() - begun);
    }
    expect(Math.max(...tookMs)).toBeGreaterThanOrEqual(199);
    expect(tookMs.filter((ms) => ms < 199).length).toBeGreaterThan(10);
  });

  it('holds what is under way and hands it on after an outage', async () => {
    const proxy = await echoBehindProxy();
    const caller = await call(proxy);
    caller.socket.write('one');
    await hears(caller, 'one');
    proxy.hold();
    caller.socket.write('two');
    await until(() => caller.socket.writableLength === 0, { what: 'the bytes to be sent' });
    proxy.resume();
    await hears(caller, 'onetwo');
  });

  it('resets open connections and new ones while it is cut', async () => {
    const proxy = await echoBehindProxy();
    const before = await call(proxy);
    proxy.cut();
    await before.closed;
    const during = connect(proxy.port, '127.0.0.1');
    during.on('error', () => undefined);
    during.write('anyone?');
    await once(during, 'close').catch(() => undefined);
    proxy.resume();
    const after = await call(proxy);
    after.socket.write('back');
    await hears(after, 'back');
  });

  it('half-open: swallows in silence, keeps the sockets, and never brings a forgotten connection back', async () => {
    const proxy = await echoBehindProxy();
    const forgotten = await call(proxy);
    proxy.halfOpen();
    const during = await call(proxy);
    forgotten.socket.write('12345');
    during.socket.write('123');
    await until(() => proxy.swallowedBytes === 8, { what: 'the bytes to be swallowed' });
    proxy.resume();
    const after = await call(proxy);
    after.socket.write('new');
    await hears(after, 'new');
    expect([forgotten.heard(), during.heard()]).toEqual(['', '']);
    expect([forgotten.socket.destroyed, during.socket.destroyed]).toEqual([false, false]);
    forgotten.socket.destroy();
    await forgotten.closed;
    expect(proxy.open).toBe(3); // the far end never hears of it
  });

  it('passes an end on after the last byte', async () => {
    const proxy = await echoBehindProxy();
    proxy.weather({ latencyMs: 20 });
    const caller = await call(proxy);
    caller.socket.end('last');
    await caller.closed;
    expect(caller.heard()).toBe('last');
    await until(() => proxy.open === 0, { what: 'the link to be gone' });
  });
});
