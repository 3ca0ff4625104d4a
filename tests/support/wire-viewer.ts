import { io, type Socket } from 'socket.io-client';
import { expect } from 'vitest';
import { Follow, type LinkSink, type PictureSink } from '../../client/net/follow.ts';
import type { LiveSocket, SocketHandlers } from '../../client/net/live-socket.ts';
import { Units } from '../../client/store/units.ts';
import type { UnitOut } from '../../shared/model/unit.ts';
import type { WallCall } from '../../shared/model/wall-call.ts';
import type { HeldPicture, PictureOut } from '../../shared/picture/picture.ts';
import { liveAtMs } from '../../shared/rules/age.ts';
import type { Beat } from '../../shared/wire/frame.ts';
import type { ServiceStatus } from '../../shared/wire/live.ts';
import { clientParser } from '../../shared/wire/wire-parser.ts';
import {
  wirePath,
  type FrameNews,
  type ThingsPatch,
  type ViewRequest,
  type WireClientEvents,
  type WireServerEvents,
} from '../../shared/wire/wire.ts';
import { until } from './wait.ts';

export type WireSocket = Socket<WireServerEvents, WireClientEvents>;

/** Our own client's way of following, from the socket to the store of units, without a page around it. */
export interface WireViewer {
  readonly socket: WireSocket;
  readonly follow: Follow;
  readonly held: Omit<HeldPicture, 'units' | 'cursor' | 'at'> & { readonly units: Units };
  /** What has come, oldest first. */
  readonly frames: Uint8Array[];
  readonly news: FrameNews[];
  readonly beats: Beat[];
  readonly statuses: ServiceStatus[];
  readonly refusals: string[];
  /** What walls were asked for. */
  readonly wallCalls: WallCall[];
  /** Calls back whenever something was said about the link. */
  onLink: ((what: 'connected' | 'disconnected' | 'beat', beat?: Beat, behindS?: number) => void) | undefined;
  close(): void;
}

interface Options {
  readonly token?: string;
  readonly view?: ViewRequest;
  /** Keeps every frame in `frames`. */
  readonly keepFrames?: boolean;
  readonly transports?: Array<'websocket' | 'polling'>;
  readonly nowMs?: () => number;
}

/** Opens the viewer and waits for its first picture. */
export async function openWireViewer(url: string, options: Options): Promise<WireViewer> {
  const viewer = wireViewer(url, options);
  await until(() => viewer.follow.cursor !== '', { what: 'the first frame' });
  return viewer;
}

export function wireViewer(url: string, options: Options): WireViewer {
  const socket = wireSocket(url, options);
  const units = new Units();
  const nowMs = options.nowMs ?? Date.now;
  const held = {
    units,
    patrols: new Map(),
    alerts: new Map(),
    threats: new Map(),
    places: new Map(),
    heartbeat: undefined,
  } as WireViewer['held'] & { heartbeat: HeldPicture['heartbeat'] };
  const [frames, news, beats] = [[] as Uint8Array[], [] as FrameNews[], [] as Beat[]];
  const [statuses, refusals] = [[] as ServiceStatus[], [] as string[]];
  const wallCalls: WallCall[] = [];
  const link: LinkSink = {
    received: () => undefined,
    connected: () => viewer.onLink?.('connected'),
    disconnected: () => viewer.onLink?.('disconnected'),
    attempt: () => undefined,
    serverTime: () => undefined,
    heartbeat(beat, behindS) {
      beats.push(beat);
      if (beat.heartbeatMs !== undefined) {
        const time = new Date(beat.heartbeatMs).toISOString();
        held.heartbeat = { time, receivedAt: time };
      }
      viewer.onLink?.('beat', beat, behindS);
    },
    status: (status) => statuses.push(status),
    refused: ({ code }) => refusals.push(code),
    wallCalled: (call) => void wallCalls.push(call),
  };
  const picture: PictureSink = {
    units,
    replace(things) {
      for (const kind of ['alerts', 'threats', 'places', 'patrols'] as const) held[kind].clear();
      put(held, things);
    },
    apply: (things) => put(held, things),
    keepOnly(ids) {
      for (const kind of ['alerts', 'threats', 'patrols'] as const) {
        for (const id of held[kind].keys()) if (!ids[kind].includes(id)) held[kind].delete(id);
      }
    },
    note: (said) => void (Object.keys(said).length > 0 && news.push(said)),
    unitsChanged: () => undefined,
  };
  const open = (handlers: SocketHandlers): LiveSocket => {
    socket.on('connect', handlers.connected);
    socket.on('disconnect', handlers.disconnected);
    socket.on('connect_error', (error) => handlers.disconnected(error.message));
    socket.on('frame', (bytes) => {
      if (options.keepFrames) frames.push(new Uint8Array(bytes));
      handlers.frame(new Uint8Array(bytes));
    });
    socket.on('status', handlers.status);
    socket.on('goodbye', handlers.goodbye);
    socket.on('reload', handlers.reload);
    return {
      subscribe: (request, answer) => void socket.emit('subscribe', request, answer),
      view: (request) => void socket.emit('view', request),
      mend: (cells) => void socket.emit('mend', cells),
      fixes: (bytes, answer) => void socket.emit('fixes', bytes, answer),
      reconnect: () => void socket.disconnect().connect(),
      close: () => void socket.close(),
    };
  };
  const timers = { setTimeout: (run: () => void, ms: number) => setTimeout(run, ms).unref() };
  const follow = new Follow({ open, picture, link, nowMs, monotonicMs: () => performance.now(), timers });
  const viewer: WireViewer = {
    socket,
    follow,
    held,
    frames,
    news,
    beats,
    statuses,
    refusals,
    wallCalls,
    onLink: undefined,
    close: () => follow.close(),
  };
  follow.look(options.view ?? {});
  return viewer;
}

export function wireSocket(url: string, { token, transports = ['websocket'] }: Options): WireSocket {
  return io(url, {
    path: wirePath,
    parser: clientParser,
    transports,
    reconnectionDelay: 200,
    reconnectionDelayMax: 1_000,
    forceNew: true,
    ...(token === undefined ? {} : { auth: { token } }),
  });
}

function put(held: WireViewer['held'], things: ThingsPatch): void {
  for (const alert of things.alerts) held.alerts.set(alert.id, alert);
  for (const threat of things.threats) held.threats.set(threat.id, threat);
  for (const place of things.places) held.places.set(place.id, place);
  for (const { kind, id } of things.removed) held[kind].delete(id);
}

/** How far the wire may put a unit from its fix, degrees, and how much it rounds its time, ms. */
const nearDeg = 3e-5;
const nearMs = 100;

/** What of these units a viewer holds otherwise than a picture says; empty when it holds the same. */
export function differences(units: Units, picture: Pick<PictureOut, 'units'>): string[] {
  const wrong: string[] = [];
  const expected = new Map(picture.units.map((unit) => [unit.id, unit]));
  for (const id of units.keys()) if (!expected.has(id)) wrong.push(`${id} is not in the picture`);
  for (const unit of expected.values()) {
    const row = units.rowOf(unit.id);
    if (row === undefined) wrong.push(`${unit.id} is missing`);
    else wrong.push(...differencesOf(units, row, unit));
  }
  return wrong;
}

function differencesOf(units: Units, row: number, unit: UnitOut): string[] {
  const about = units.aboutAt(row);
  const wrong: string[] = [];
  const tell = (what: string, held: unknown, is: unknown): void =>
    void wrong.push(`${unit.id} ${what}: held ${String(held)}, is ${String(is)}`);
  for (const name of [
    'kind',
    'callsign',
    'sector',
    'reportEveryS',
    'staleAfterS',
    'plain',
    'unregistered',
  ] as const) {
    if (about?.[name] !== unit[name]) tell(name, about?.[name], unit[name]);
  }
  if (unit.time === null || unit.lon === null || unit.lat === null) {
    if (units.hasFix(row)) tell('fix', 'some', 'none');
    return wrong;
  }
  const liveMs = liveAtMs(Date.parse(unit.time), Date.parse(unit.receivedAt ?? unit.time));
  const [lon = NaN, lat = NaN] = units.lonLat.subarray(2 * row, 2 * row + 2);
  const shrink = Math.cos((unit.lat * Math.PI) / 180);
  if (!(Math.abs(lon - unit.lon) * shrink <= nearDeg)) tell('lon', lon, unit.lon);
  if (!(Math.abs(lat - unit.lat) <= nearDeg)) tell('lat', lat, unit.lat);
  if (!(Math.abs((units.timeMs[row] ?? NaN) - liveMs) <= nearMs)) tell('time', units.timeMs[row], liveMs);
  return wrong;
}

/** Waits until the viewer holds the units that `picture` says, and tells what is wrong if it does not come to that. */
export async function untilSameUnits(viewer: WireViewer, picture: () => Promise<PictureOut>): Promise<void> {
  let wrong: string[] = ['nothing was compared'];
  await until(
    async () => {
      wrong = differences(viewer.held.units, await picture());
      return wrong.length === 0;
    },
    { what: 'the same units' },
  ).catch(() => expect(wrong).toEqual([]));
}
