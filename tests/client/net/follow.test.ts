import { describe, expect, it } from 'vitest';
import { Follow, parseCursor, type LinkSink, type PictureSink } from '../../../client/net/follow.ts';
import type { LiveSocket, SocketHandlers } from '../../../client/net/live-socket.ts';
import type { PatchOut, PictureOut, VisibleIds } from '../../../shared/picture/picture.ts';
import type { Subscribe } from '../../../shared/wire/subscribe.ts';
import type { SubscribeAnswer } from '../../../shared/wire/live.ts';

const at = '2026-11-22T16:40:00.000Z';
const lists = { units: [], patrols: [], alerts: [], threats: [], places: [] };
const you = { role: 'watch', name: 'x', protocolVersion: 1, serverTime: at };
const ids: VisibleIds = lists;

function patchAt(cursor: string): PatchOut {
  return { ...lists, cursor, at, removed: [], heartbeat: { time: at, receivedAt: at } };
}
function pictureAt(cursor: string): PictureOut {
  return { ...lists, cursor, at };
}

/** A follow between a socket, a picture and a link that only write down what happens. */
function setUp() {
  const asked: Array<{ request: Subscribe; answer: (reply: SubscribeAnswer) => void }> = [];
  const told: string[] = [];
  const waiting: Array<() => void> = [];
  let handlers: SocketHandlers | undefined;
  const socket: LiveSocket = {
    subscribe: (request, answer) => void asked.push({ request, answer }),
    reconnect: () => told.push('reconnect'),
    close: () => told.push('close'),
  };
  const picture: PictureSink & { cursor: string } = {
    cursor: '',
    replace: ({ cursor }) => ((picture.cursor = cursor), told.push(`replace ${cursor}`)),
    resume: ({ cursor }) => ((picture.cursor = cursor), told.push(`resume ${cursor}`)),
    apply: ({ cursor }) => ((picture.cursor = cursor), told.push(`apply ${cursor}`)),
  };
  const link: LinkSink = {
    connected: () => told.push('connected'),
    disconnected: (reason) => told.push(`disconnected ${reason}`),
    attempt: (n) => told.push(`attempt ${n}`),
    serverTime: () => undefined,
    heartbeat: ({ heartbeat }) => void (heartbeat && told.push('beat')),
    behind: (sinceAt) => told.push(`behind ${sinceAt}`),
    status: ({ mode }) => told.push(`status ${mode}`),
    refused: ({ code }) => told.push(`refused ${code}`),
  };
  const timers = { setTimeout: (run: () => void) => waiting.push(run) };
  const follow = new Follow((given) => ((handlers = given), socket), picture, link, timers);
  if (!handlers) throw new Error('the follow did not open its socket');
  return { asked, told, waiting, picture, follow, wire: handlers };
}

describe('Follow', () => {
  it('asks for everything when it holds nothing, then follows', () => {
    const { asked, told, wire } = setUp();
    wire.connected();
    expect(asked[0]?.request).toEqual({});
    asked[0]?.answer({ cursor: 'e1.5', picture: pictureAt('e1.5'), you });
    wire.patch(patchAt('e1.6'));
    expect(told).toEqual(['connected', 'replace e1.5', 'apply e1.6', 'beat']);
  });

  it('takes no patch before its picture has come', () => {
    const { told, wire } = setUp();
    wire.connected();
    wire.patch(patchAt('e1.6'));
    expect(told).toEqual(['connected']);
  });

  it('resumes from its cursor after the link was gone', () => {
    const { asked, told, wire } = setUp();
    wire.connected();
    asked[0]?.answer({ cursor: 'e1.5', picture: pictureAt('e1.5'), you });
    wire.disconnected('transport close');
    wire.patch(patchAt('e1.6'));
    wire.attempt(1);
    wire.connected();
    expect(asked[1]?.request).toEqual({ since: 'e1.5' });
    asked[1]?.answer({ cursor: 'e1.9', patch: patchAt('e1.9'), ids, you });
    expect(told.slice(2)).toEqual([
      'disconnected transport close',
      'attempt 1',
      'connected',
      'resume e1.9',
      'beat',
    ]);
  });

  it('drops the answer of a link that has gone', () => {
    const { asked, told, wire } = setUp();
    wire.connected();
    wire.disconnected('ping timeout');
    asked[0]?.answer({ cursor: 'e1.5', picture: pictureAt('e1.5'), you });
    expect(told).not.toContain('replace e1.5');
  });

  it('begins anew when a patch is of another epoch', () => {
    const { asked, told, wire } = setUp();
    wire.connected();
    asked[0]?.answer({ cursor: 'e1.5', picture: pictureAt('e1.5'), you });
    wire.patch(patchAt('e2.1'));
    expect(asked[1]?.request).toEqual({});
    wire.patch(patchAt('e2.2'));
    expect(told).not.toContain('apply e2.2');
    asked[1]?.answer({ cursor: 'e2.3', picture: pictureAt('e2.3'), you });
    wire.patch(patchAt('e2.4'));
    expect(told.slice(-2)).toEqual(['apply e2.4', 'beat']);
  });

  it('never goes back in time, and compares cursors as numbers', () => {
    const { asked, told, wire } = setUp();
    wire.connected();
    asked[0]?.answer({ cursor: 'e1.9', picture: pictureAt('e1.9'), you });
    wire.patch(patchAt('e1.8'));
    wire.patch(patchAt('e1.10'));
    expect(told.filter((line) => line.startsWith('apply'))).toEqual(['apply e1.10']);
  });

  it('says a refusal and asks again later', () => {
    const { asked, told, waiting, wire } = setUp();
    wire.connected();
    asked[0]?.answer({ error: { code: 'record-unavailable', message: 'no' } });
    expect(told).toContain('refused record-unavailable');
    waiting[0]?.();
    expect(asked[1]?.request).toEqual({});
  });

  it('does not ask again on a link that has gone meanwhile', () => {
    const { asked, waiting, wire } = setUp();
    wire.connected();
    asked[0]?.answer({ error: { code: 'internal', message: 'no' } });
    wire.disconnected('transport close');
    waiting[0]?.();
    expect(asked).toHaveLength(1);
  });
});

it('reads cursors whose epoch has dots', () => {
  expect(parseCursor('2026.a.17')).toEqual({ epoch: '2026.a', seq: 17 });
  expect(parseCursor('')).toEqual({ epoch: '', seq: 0 });
});
