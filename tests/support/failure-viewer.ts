import type { Connection } from '../../client/store/connection.svelte.ts';
import type { HeldPicture } from '../../shared/picture/picture.ts';
import { openViewer } from './viewer.ts';

/** What the client's store is told by the net; the store of the real client in every case. */
export type LinkStore = Pick<
  Connection,
  'connected' | 'disconnected' | 'serverTime' | 'heartbeat' | 'behind' | 'status' | 'refused'
>;

export interface Followed {
  readonly held: HeldPicture;
  signInWith(token: string): void;
  close(): void;
}
/** Opens a viewer that follows the picture and tells the store about its link, as the client's net does. */
export type Following = ((url: string, token: string, link: LinkStore) => Promise<Followed>) & {
  /** The kind of wire, in a word. */
  readonly wire: string;
};

/** As the client waits (client/net). */
const reconnectDelayMs = 200;
const reconnectDelayMaxMs = 1_000;
const connectTimeoutMs = 5_000;
const askAgainMs = 2_000;

/** By the stock door, with a stock Socket.IO client. */
export const stock: Following = Object.assign(
  async (url: string, token: string, link: LinkStore): Promise<Followed> => {
    const viewer = await openViewer(url, { token, follow: false });
    const { socket, held } = viewer;
    socket.io.reconnectionDelay(reconnectDelayMs);
    socket.io.reconnectionDelayMax(reconnectDelayMaxMs);
    socket.io.timeout(connectTimeoutMs);

    const subscribe = async (fresh = false): Promise<void> => {
      const answer = await viewer.subscribe(held.cursor === '' || fresh ? {} : { since: held.cursor });
      if ('error' in answer) {
        link.refused(answer.error);
        setTimeout(() => void subscribe(true), askAgainMs);
        return;
      }
      link.serverTime(answer.you.serverTime, true);
      link.heartbeat('picture' in answer ? answer.picture : answer.patch);
    };
    socket.on('connect', () => {
      link.connected();
      void subscribe();
    });
    socket.on('disconnect', (reason) => {
      link.disconnected(reason);
      if (reason === 'io server disconnect') setTimeout(() => socket.connect(), reconnectDelayMaxMs);
    });
    socket.on('connect_error', (error) => {
      link.disconnected(error.message);
      if (!socket.active) setTimeout(() => socket.connect(), reconnectDelayMaxMs);
    });
    socket.on('patch', (patch) => {
      link.serverTime(patch.at, false);
      link.heartbeat(patch);
    });
    socket.on('behind', ({ sinceAt }) => link.behind(sinceAt));
    socket.on('status', (status) => link.status(status));
    socket.on('goodbye', ({ error }) => link.refused(error));
    link.connected();
    await subscribe();
    return {
      held,
      signInWith: (next) => void (socket.auth = { token: next }),
      close: () => viewer.close(),
    };
  },
  { wire: 'stock' },
);

/** Every kind of viewer that the scenarios are run with. */
export const followings: readonly Following[] = [stock];
