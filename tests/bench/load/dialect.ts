import type { Address } from '../peers/peer.ts';
import { colyseus } from './colyseus-dialect.ts';
import { naive } from './naive-dialect.ts';
import type { Message } from './light-socket.ts';
import { rawWs } from './raw-ws-dialect.ts';
import { wire } from './wire-dialect.ts';

/** Where a judge puts each fix that it has read; the time in ms, or its lower bits, or a coarser one. */
export type FixSink = (unit: number, timeMs: number) => void;

/** How viewers of one peer talk with their server. */
export interface Dialect {
  /** One step of the clock of the times that a judge reads, ms; and after how many ms they begin anew. */
  readonly timeStepMs: number;
  readonly timeWrapsMs?: number;
  /** Path of the WebSocket for one more viewer. */
  path(address: Address): Promise<string> | string;
  /** Whether a viewer must say something before it gets anything. */
  readonly mustGreet: boolean;
  /** Answers what is not the picture. `joined` once the viewer has its subscription. */
  answer(message: Message, address: Address, say: (body: string | Uint8Array) => void): 'joined' | undefined;
  /** A reader of everything that one viewer gets. */
  judge(sink: FixSink): (message: Message) => void;
}

export const dialects = { 'raw-ws': rawWs, naive, colyseus, wire } as const satisfies Record<string, Dialect>;
export type DialectName = keyof typeof dialects;
