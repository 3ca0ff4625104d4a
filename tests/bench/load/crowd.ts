import { wirePath } from '../../../shared/wire/wire.ts';
import { LightSocket } from './light-socket.ts';

/** As our own client waits before it tries again, ms. */
const againAfterMs = { least: 200, most: 1_000 } as const;
const connectAtOnce = 50;

export interface Crowd {
  bringTo(count: number): Promise<void>;
  /** When every viewer has lost its line and has its picture again. Ask before the server goes. */
  allBack(): Promise<void>;
  /** Takes nothing more from any line. */
  pause(): void;
  /** Messages that all of them have got. */
  messages(): number;
  close(): void;
}

/** Viewers that come back by themselves, as the client does: the delay doubles up to its most, with chance in it. */
export function connectCrowd({ port, token }: { readonly port: number; readonly token: string }): Crowd {
  const sockets = new Set<LightSocket>();
  let isClosing = false;
  let gone = new Set<number>();
  let toComeBack: (() => void) | undefined;
  let next = 0;
  let messages = 0;

  const join = (number: number, tries: number): Promise<void> =>
    new Promise((resolve) => {
      const socket = new LightSocket(port, `${wirePath}/?EIO=4&transport=websocket`, true, {
        opened: () => undefined,
        message({ isText, body }) {
          // The first binary message is the frame with the whole picture.
          if (!isText) {
            resolve();
            return;
          }
          const text = body.toString('latin1', 0, 4);
          if (text.startsWith('0')) socket.say(`40${JSON.stringify({ token })}`);
          else if (text.startsWith('40')) socket.say('420["subscribe",{}]');
          else if (text === '2') socket.say('3');
        },
        counted: () => void messages++,
        closed() {
          sockets.delete(socket);
          if (isClosing) return;
          gone.add(number);
          const longest = Math.min(againAfterMs.most, againAfterMs.least * 2 ** tries);
          setTimeout(
            () => void join(number, tries + 1).then(() => back(number)),
            longest * (0.5 + Math.random() / 2),
          );
        },
      });
      sockets.add(socket);
    });
  const back = (number: number): void => {
    gone.delete(number);
    if (gone.size === 0) toComeBack?.();
  };
  return {
    async bringTo(count) {
      while (next < count) {
        const more = Array.from({ length: Math.min(connectAtOnce, count - next) }, () => join(next++, 0));
        await Promise.all(more);
      }
    },
    allBack() {
      gone = new Set(Array.from({ length: next }, (_, number) => number));
      return new Promise((resolve) => (toComeBack = resolve));
    },
    pause() {
      for (const socket of sockets) socket.pause();
    },
    messages: () => messages,
    close() {
      isClosing = true;
      for (const socket of sockets) socket.close();
    },
  };
}
