import { packedFixBytes } from '../peers/packed-fix.ts';
import type { Dialect } from './dialect.ts';

export const rawWs: Dialect = {
  timeStepMs: 1,
  timeWrapsMs: 2 ** 32,
  path: () => '/',
  mustGreet: false,
  answer: () => undefined,
  judge: (sink) => (message) => {
    for (let at = 0; at < message.body.length; at += packedFixBytes) {
      sink(message.body.readUInt32LE(at), message.body.readUInt32LE(at + 12));
    }
  },
};
