import { Decoder } from '@colyseus/schema';
import { ColyseusState } from '../peers/colyseus-state.ts';
import type { Dialect } from './dialect.ts';

const joinRoom = 10;
const roomState = 14;
const roomStatePatch = 15;

interface Seat {
  readonly roomId: string;
  readonly processId: string;
  readonly sessionId: string;
}

/** Colyseus 0.18: a seat over HTTP, then a WebSocket; JOIN_ROOM is to be said back. */
export const colyseus: Dialect = {
  timeStepMs: 1,
  timeWrapsMs: 2 ** 32,
  async path({ port }) {
    const response = await fetch(`http://127.0.0.1:${port}/matchmake/joinOrCreate/picture`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    const { roomId, processId, sessionId } = (await response.json()) as Seat; // the peer's own server
    return `/${processId}/${roomId}?sessionId=${sessionId}`;
  },
  mustGreet: true,
  answer({ body }, _address, say) {
    if (body[0] !== joinRoom) return undefined;
    say(new Uint8Array([joinRoom]));
    return 'joined';
  },
  judge(sink) {
    const state = new ColyseusState();
    const decoder = new Decoder(state);
    const seen = new Map<string, number>();
    return ({ body }) => {
      if (body[0] !== roomState && body[0] !== roomStatePatch) return;
      decoder.decode(body, { offset: 1 });
      state.units.forEach((unit: { time: number }, key: string) => {
        if (seen.get(key) === unit.time) return;
        seen.set(key, unit.time);
        sink(Number(key), unit.time);
      });
    };
  },
};
