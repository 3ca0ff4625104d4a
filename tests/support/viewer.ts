import { io, type Socket } from 'socket.io-client';
import { onTestFinished } from 'vitest';
import {
  applyPatch,
  applyPicture,
  emptyPicture,
  keepOnly,
  type HeldPicture,
  type PatchOut,
} from '../../shared/picture/picture.ts';
import type { ClientEvents, ServerEvents, ServiceStatus, SubscribeAnswer } from '../../shared/wire/live.ts';

/** A stock Socket.IO client that follows the picture by the rules of PROTOCOL.md and nothing else. */
export interface TestViewer {
  readonly socket: Socket<ServerEvents, ClientEvents>;
  readonly held: HeldPicture;
  readonly patches: PatchOut[];
  readonly statuses: ServiceStatus[];
  subscribe(request?: Record<string, unknown>): Promise<SubscribeAnswer>;
  close(): void;
}

interface Options {
  readonly token?: string;
  readonly headers?: Record<string, string>;
  readonly request?: Record<string, unknown>;
  /** Whether to subscribe at once and again at every connect, from the cursor held. */
  readonly follow?: boolean;
}

export function openSocket(
  url: string,
  { token, headers }: Options = {},
): Socket<ServerEvents, ClientEvents> {
  const socket: Socket<ServerEvents, ClientEvents> = io(url, {
    path: '/socket.io',
    transports: ['websocket'],
    reconnectionDelay: 100,
    reconnectionDelayMax: 400,
    forceNew: true,
    ...(token === undefined ? {} : { auth: { token } }),
    ...(headers === undefined ? {} : { extraHeaders: headers }),
  });
  onTestFinished(() => void socket.disconnect());
  return socket;
}

export async function openViewer(url: string, options: Options): Promise<TestViewer> {
  const socket = openSocket(url, options);
  const held = emptyPicture();
  const patches: PatchOut[] = [];
  const statuses: ServiceStatus[] = [];
  const viewer: TestViewer = {
    socket,
    held,
    patches,
    statuses,
    async subscribe(request = {}) {
      const answer = await new Promise<SubscribeAnswer>((resolve) =>
        socket.emit('subscribe', request, resolve),
      );
      if ('picture' in answer) applyPicture(held, answer.picture);
      if ('ids' in answer) {
        applyPatch(held, answer.patch);
        keepOnly(held, answer.ids);
      }
      return answer;
    },
    close: () => void socket.disconnect(),
  };
  socket.on('patch', (patch) => {
    patches.push(patch);
    applyPatch(held, patch);
  });
  socket.on('status', (status) => statuses.push(status));
  const connected = new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  await connected;
  if (options.follow !== false) {
    await viewer.subscribe(options.request);
    socket.on('connect', () => {
      const since = held.cursor === '' ? {} : { since: held.cursor };
      void viewer.subscribe({ ...options.request, ...since });
    });
  }
  return viewer;
}
