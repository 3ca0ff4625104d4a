import { pipeline, Readable, type Duplex } from 'node:stream';

/**
 * What comes out of a stream into which the bytes are led. Unlike `pipe` it passes trouble of the source on, so that
 * a damaged file is told where it is read.
 */
export function through<T extends Duplex>(bytes: AsyncIterable<Uint8Array>, into: T): T {
  pipeline(Readable.from(bytes), into, () => undefined);
  return into;
}

/** The lines of UTF-8 text, without their ends. */
export async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of bytes) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}
