import type { Socket } from 'socket.io-client';
import type { LinkSink } from '../../client/net/follow.ts';
import type { HeldPicture, PictureOut } from '../../shared/picture/picture.ts';
import { liveAtMs } from '../../shared/rules/age.ts';
import { otherDifferences, unitDifferences } from './failure-check.ts';
import { openViewer } from './viewer.ts';
import { differences as wireDifferences, wireViewer } from './wire-viewer.ts';

/** A unit as a viewer holds it, whatever the wire. */
export interface HeldUnit {
  readonly lon: number;
  /** When it was there: the earlier of fix and receipt, ms since 1970. */
  readonly liveMs: number;
  readonly reportEveryS: number;
  readonly staleAfterS: number;
}

/** A viewer that follows the picture. */
export interface Followed {
  readonly cursor: () => string;
  readonly connected: () => boolean;
  /** Undefined for a unit that it does not hold, or that has never reported. */
  unit(id: string): HeldUnit | undefined;
  /** What it holds otherwise than this picture, ages left out; nothing when they are equal. */
  differences(picture: PictureOut): string[];
  /** Signs in anew, at the next connection. */
  signInWith(token: string): void;
  close(): void;
}

export interface FollowPlan {
  readonly url: string;
  readonly token: string;
  /** What the client's store is told by the client's net. */
  readonly link: LinkSink;
  /** The server's time as the viewer has it. */
  readonly nowMs: () => number;
}

/** Opens a viewer; the promise is for its first picture. */
export interface Following {
  /** The kind of wire, in a word. */
  readonly wire: 'stock' | 'packed';
  open(plan: FollowPlan): Promise<Followed>;
}

/** As the client waits (client/net/socket.ts). */
const connectTimeoutMs = 5_000;
const reconnectDelayMs = 200;
const reconnectDelayMaxMs = 1_000;
const askAgainMs = 2_000;
const usualTickMs = 100;

/** Where a stock client gives up, ours goes on. */
function comeBackAlways(socket: Pick<Socket, 'on' | 'active' | 'connect' | 'io'>): void {
  socket.io.reconnectionDelay(reconnectDelayMs);
  socket.io.reconnectionDelayMax(reconnectDelayMaxMs);
  socket.io.timeout(connectTimeoutMs);
  socket.on('disconnect', (reason) => {
    if (reason === 'io server disconnect') setTimeout(() => socket.connect(), reconnectDelayMaxMs);
  });
  socket.on('connect_error', () => {
    if (!socket.active) setTimeout(() => socket.connect(), reconnectDelayMaxMs);
  });
}

/** The door for other programs, with a stock Socket.IO client. */
export const stock: Following = {
  wire: 'stock',
  async open({ url, token, link }) {
    const viewer = await openViewer(url, { token, follow: false });
    const { socket, held } = viewer;
    comeBackAlways(socket);
    const beat = (news: Pick<PictureOut, 'at' | 'heartbeat'> & { readonly behindS?: number }): void => {
      const heartbeatMs = news.heartbeat && Date.parse(news.heartbeat.time);
      const beaten = { atMs: Date.parse(news.at), seq: 0, heartbeatMs, tickLengthMs: usualTickMs };
      link.heartbeat(beaten, news.behindS);
    };
    const subscribe = async (fresh = false): Promise<void> => {
      const answer = await viewer.subscribe(held.cursor === '' || fresh ? {} : { since: held.cursor });
      if ('error' in answer) {
        link.refused(answer.error);
        setTimeout(() => void subscribe(true), askAgainMs);
        return;
      }
      link.serverTime(Date.parse(answer.you.serverTime), true);
      beat('picture' in answer ? answer.picture : answer.patch);
    };
    socket.on('connect', () => {
      link.connected();
      void subscribe();
    });
    socket.on('disconnect', (reason) => link.disconnected(reason));
    socket.on('connect_error', (error) => link.disconnected(error.message));
    socket.on('patch', (patch) => {
      link.serverTime(Date.parse(patch.at), false);
      // Only a patch that carries a heartbeat proves anything.
      beat(patch);
    });
    socket.on('status', (status) => link.status(status));
    socket.on('goodbye', ({ error }) => link.refused(error));
    link.connected();
    await subscribe();
    return {
      cursor: () => held.cursor,
      connected: () => socket.connected,
      unit: (id) => heldUnit(held, id),
      differences: (picture) => [...unitDifferences(held, picture), ...otherDifferences(held, picture)],
      signInWith: (next) => void (socket.auth = { token: next }),
      close: () => viewer.close(),
    };
  },
};

function heldUnit(held: HeldPicture, id: string): HeldUnit | undefined {
  const unit = held.units.get(id);
  if (!unit?.time || unit.lon === null) return undefined;
  const { lon, reportEveryS, staleAfterS } = unit;
  const liveMs = liveAtMs(Date.parse(unit.time), Date.parse(unit.receivedAt ?? unit.time));
  return { lon, liveMs, reportEveryS, staleAfterS };
}

/** Our own client's way: the packed wire, its net and its store of units. */
export const packed: Following = {
  wire: 'packed',
  open: ({ url, token, link, nowMs }) =>
    new Promise((resolve) => {
      const viewer = wireViewer(url, { token, nowMs });
      const { socket, held, follow } = viewer;
      comeBackAlways(socket);
      let fresh = true;
      const followed: Followed = {
        cursor: () => follow.cursor,
        connected: () => socket.connected,
        unit(id) {
          const row = held.units.rowOf(id);
          const about = row === undefined ? undefined : held.units.aboutAt(row);
          if (row === undefined || !about || !held.units.hasFix(row)) return undefined;
          const { reportEveryS, staleAfterS } = about;
          const [lon, liveMs] = [held.units.lonLat[2 * row] ?? NaN, held.units.timeMs[row] ?? NaN];
          return { lon, liveMs, reportEveryS, staleAfterS };
        },
        differences: (picture) => [
          ...wireDifferences(held.units, picture),
          ...otherDifferences(held, picture),
        ],
        signInWith: (next) => void (socket.auth = { token: next }),
        close: () => viewer.close(),
      };
      viewer.onLink = (what, beat, behindS) => {
        if (what === 'connected') {
          fresh = true;
          link.connected();
        } else if (what === 'disconnected') link.disconnected('');
        else if (beat) {
          link.serverTime(beat.atMs, fresh);
          fresh = false;
          link.heartbeat(beat, behindS);
          resolve(followed);
        }
      };
    }),
};

/** Every kind of viewer that the scenarios are run with. */
export const followings: readonly Following[] = [stock, packed];
