import type { Dialect } from './dialect.ts';

const event = '42["fix",';

/** Socket.IO over engine.io 4, as little of it as a viewer needs. */
export const naive: Dialect = {
  timeStepMs: 1,
  timeWrapsMs: 2 ** 32,
  path: () => '/socket.io/?EIO=4&transport=websocket',
  mustGreet: true,
  answer({ body }, _address, say) {
    const first = String.fromCharCode(body[0] ?? 0, body[1] ?? 0);
    if (first.startsWith('0')) say('40');
    else if (first.startsWith('2')) say('3');
    return first === '40' ? 'joined' : undefined;
  },
  judge:
    (sink) =>
    ({ body }) => {
      const text = body.toString();
      if (!text.startsWith(event)) return;
      const fix = JSON.parse(text.slice(event.length, -1)) as { unit: string; time: number }; // our own server
      sink(Number(fix.unit.slice('unit-'.length)), fix.time);
    },
};
