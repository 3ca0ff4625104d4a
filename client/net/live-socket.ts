import type { FailureBody } from '../../shared/failure.ts';
import type { PositionsAnswer } from '../../shared/model/position.ts';
import type { ViewRequest, WireAnswer, WireServerEvents, WireSubscribe } from '../../shared/wire/wire.ts';

/** What happens on the wire, told to whoever follows it. */
export interface SocketHandlers {
  readonly connected: () => void;
  /** The link went down (`reason` is the transport's word), or an attempt to open it failed. */
  readonly disconnected: (reason: string) => void;
  /** Attempt `n` since the link was last up is about to be made. */
  readonly attempt: (n: number) => void;
  readonly frame: WireServerEvents['frame'];
  readonly status: WireServerEvents['status'];
  readonly goodbye: WireServerEvents['goodbye'];
  readonly reload: WireServerEvents['reload'];
}

/** The wire as the rest of the client sees it: a few verbs, so that tests can stand in for a server. */
export interface LiveSocket {
  subscribe(request: WireSubscribe, answer: (reply: WireAnswer) => void): void;
  view(request: ViewRequest): void;
  mend(cells: readonly number[]): void;
  /** Packed fixes (shared/model/packed-fixes.ts); answered when they are durable. */
  fixes(bytes: Uint8Array, answer: (reply: PositionsAnswer | FailureBody) => void): void;
  reconnect(): void;
  close(): void;
}
export type OpenSocket = (handlers: SocketHandlers) => LiveSocket;
