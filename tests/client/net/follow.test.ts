import { describe, expect, it } from 'vitest';
import { Follow, type LinkSink, type PictureSink } from '../../../client/net/follow.ts';
import type { LiveSocket, SocketHandlers } from '../../../client/net/live-socket.ts';
import { writeFrame } from '../../../shared/wire/frame.ts';
import { toDs } from '../../../shared/wire/motion.ts';
import type {
  FrameNews,
  ThingsPatch,
  ViewRequest,
  WireAnswer,
  WireSubscribe,
} from '../../../shared/wire/wire.ts';

const startMs = Date.parse('2026-11-22T16:40:00.000Z');
const you = { role: 'watch', name: 'x', protocolVersion: 2, serverTime: new Date(startMs).toISOString() };
const nothing: ThingsPatch = { patrols: [], alerts: [], threats: [], places: [], removed: [] };

function frame(seq: number | undefined, news?: FrameNews): Uint8Array {
  const beat =
    seq === undefined ? undefined : { atMs: startMs, seq, heartbeatMs: startMs, tickLengthMs: 100 };
  return writeFrame({ tickDs: toDs(startMs), beat, news: news && JSON.stringify(news), blocks: [] });
}
const begin = (seq: number, fresh: boolean, epoch = 'e1'): Uint8Array =>
  frame(seq, { begin: { epoch, fresh }, things: nothing, view: { mode: 'whole', cells: [0, 1] } });

/** A follow between a socket, a picture and a link that only write down what happens. */
function setUp() {
  const asked: Array<{ request: WireSubscribe; answer: (reply: WireAnswer) => void }> = [];
  const views: ViewRequest[] = [];
  const mended: number[][] = [];
  const told: string[] = [];
  let waiting: Array<{ run: () => void; ms: number }> = [];
  let nowMs = startMs;
  let handlers: SocketHandlers | undefined;
  const socket: LiveSocket = {
    subscribe: (request, answer) => void asked.push({ request, answer }),
    view: (view) => views.push(view),
    mend: (cells) => mended.push([...cells]),
    fixes: () => undefined,
    reconnect: () => told.push('reconnect'),
    close: () => told.push('close'),
  };
  const picture: PictureSink = {
    units: { put: () => 0, move: () => undefined, detail: () => undefined, remove: () => undefined },
    replace: () => told.push('replace'),
    apply: () => told.push('apply'),
    keepOnly: () => told.push('keep only'),
    note: () => undefined,
    unitsChanged: () => undefined,
  };
  const link: LinkSink = {
    received: () => undefined,
    connected: () => told.push('connected'),
    disconnected: (reason) => told.push(`disconnected ${reason}`),
    attempt: (n) => told.push(`attempt ${n}`),
    serverTime: () => undefined,
    heartbeat: ({ seq }, behindS) =>
      told.push(`beat ${seq}${behindS === undefined ? '' : ` behind ${behindS}`}`),
    status: ({ mode }) => told.push(`status ${mode}`),
    refused: ({ code }) => told.push(`refused ${code}`),
    wallCalled: ({ by }) => told.push(`called by ${by}`),
  };
  const open = (given: SocketHandlers): LiveSocket => ((handlers = given), socket);
  const timers = { setTimeout: (run: () => void, ms: number) => waiting.push({ run, ms }) };
  const follow = new Follow({ open, picture, link, timers, nowMs: () => nowMs, monotonicMs: () => nowMs });
  if (!handlers) throw new Error('the follow did not open its socket');
  /** Lets time pass in steps of the longest timer, so that each runs when it is due. */
  const pass = (ms: number): void => {
    nowMs += ms;
    const due = waiting;
    waiting = [];
    due.forEach(({ run }) => run());
  };
  return { asked, told, views, mended, follow, pass, wire: handlers };
}

describe('Follow', () => {
  it('asks for everything when it holds nothing, then follows', () => {
    const { asked, told, wire, follow } = setUp();
    wire.connected();
    expect(asked[0]?.request).toEqual({});
    asked[0]?.answer({ you });
    wire.frame(begin(5, true));
    wire.frame(frame(6, { things: nothing }));
    expect(told).toEqual(['connected', 'replace', 'beat 5', 'apply', 'beat 6']);
    expect(follow.cursor).toBe('e1.6');
  });

  it('takes no news before its first frame has come', () => {
    const { told, wire } = setUp();
    wire.connected();
    wire.frame(frame(6, { things: nothing }));
    expect(told).toEqual(['connected']);
  });

  it('resumes from its cursor after the link was gone, with the view it has then', () => {
    const { asked, told, wire, follow } = setUp();
    wire.connected();
    wire.frame(begin(5, true));
    wire.disconnected('transport close');
    wire.frame(frame(6, { things: nothing }));
    follow.look({ bbox: [0, 0, 1, 1], zoom: 7 });
    wire.attempt(1);
    wire.connected();
    expect(asked[1]?.request).toEqual({ since: 'e1.5', bbox: [0, 0, 1, 1], zoom: 7 });
    wire.frame(
      frame(9, {
        begin: { epoch: 'e1', fresh: false },
        things: nothing,
        ids: { alerts: [], threats: [], patrols: [] },
      }),
    );
    expect(told.slice(3)).toEqual([
      'disconnected transport close',
      'attempt 1',
      'connected',
      'apply',
      'keep only',
      'beat 9',
    ]);
  });

  it('begins anew where the server says so: another epoch', () => {
    const { told, wire, follow } = setUp();
    wire.connected();
    wire.frame(begin(5, true));
    wire.disconnected('transport close');
    wire.connected();
    wire.frame(begin(2, true, 'e2'));
    expect(told.slice(-2)).toEqual(['replace', 'beat 2']);
    expect(follow.cursor).toBe('e2.2');
  });

  it('asks for the view that was chosen while the hello was on its way', () => {
    const { views, wire, follow } = setUp();
    wire.connected();
    follow.look({ hidden: true });
    expect(views).toEqual([]);
    wire.frame(begin(5, true));
    expect(views).toEqual([{ hidden: true }]);
    follow.look({});
    expect(views).toEqual([{ hidden: true }, {}]);
  });

  it('tells how far behind it was', () => {
    const { told, wire } = setUp();
    wire.connected();
    wire.frame(begin(5, true));
    wire.frame(frame(9, { behindS: 12 }));
    expect(told.at(-1)).toBe('beat 9 behind 12');
  });

  it('asks for all its cells again when a frame cannot be read', () => {
    const { mended, wire, follow } = setUp();
    wire.connected();
    wire.frame(begin(5, true));
    wire.frame(new Uint8Array([1, 2, 3, 4, 5, 6]));
    expect(mended).toEqual([[0, 1]]);
    expect(follow.faults).toBe(1);
  });

  it('says a refusal and asks again later, from the beginning', () => {
    const { asked, told, pass, wire } = setUp();
    wire.connected();
    asked[0]?.answer({ error: { code: 'record-unavailable', message: 'no' } });
    expect(told).toContain('refused record-unavailable');
    pass(2_000);
    expect(asked[1]?.request).toEqual({});
  });

  it('does not ask again on a link that has gone meanwhile', () => {
    const { asked, pass, wire } = setUp();
    wire.connected();
    asked[0]?.answer({ error: { code: 'internal', message: 'no' } });
    wire.disconnected('transport close');
    pass(2_000);
    expect(asked).toHaveLength(1);
  });

  it('opens a link anew that is up and brings nothing, with growing patience', () => {
    const { told, pass, wire } = setUp();
    wire.connected();
    wire.frame(begin(5, true));
    const times = (): number => told.filter((line) => line === 'reconnect').length;
    for (let step = 0; step < 4; step++) pass(2_000);
    expect(times()).toBe(1);
    for (let step = 0; step < 5; step++) pass(2_000);
    expect(times()).toBe(1);
    for (let step = 0; step < 2; step++) pass(2_000);
    expect(times()).toBe(2);
  });

  it('does not blame the link when the page itself was asleep', () => {
    const { told, pass, wire } = setUp();
    wire.connected();
    wire.frame(begin(5, true));
    pass(60_000);
    expect(told).not.toContain('reconnect');
    pass(2_000);
    expect(told).toContain('reconnect');
  });
});
