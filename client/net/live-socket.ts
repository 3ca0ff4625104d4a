import type { Subscribe } from '../../shared/wire/subscribe.ts';
import type { ServerEvents, SubscribeAnswer } from '../../shared/wire/live.ts';

/** What happens on the wire, told to whoever follows it. */
export interface SocketHandlers {
  readonly connected: () => void;
  /** The link went down (`reason` is the transport's word), or an attempt to open it failed. */
  readonly disconnected: (reason: string) => void;
  /** Attempt `n` since the link was last up is about to be made. */
  readonly attempt: (n: number) => void;
  readonly patch: ServerEvents['patch'];
  readonly status: ServerEvents['status'];
  readonly behind: ServerEvents['behind'];
  readonly goodbye: ServerEvents['goodbye'];
}

/** The wire as the rest of the client sees it: three verbs, so that tests can stand in for a server. */
export interface LiveSocket {
  subscribe(request: Subscribe, answer: (reply: SubscribeAnswer) => void): void;
  reconnect(): void;
  close(): void;
}
export type OpenSocket = (handlers: SocketHandlers) => LiveSocket;
