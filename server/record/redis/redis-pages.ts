import type { RecordEntry, StreamName } from '../record.ts';
import type { RedisClient } from './redis-client.ts';
import { mergeParts, parseStreamPart, type StreamPart } from './redis-entries.ts';
import type { RecordKeys } from './redis-scripts.ts';

const countPerStream = 1024;
const timeoutMs = 10_000;

export interface EntriesPage {
  readonly entries: readonly RecordEntry[];
  readonly reached: number;
  readonly damaged: number;
}

/** The entries with `afterSeq < seq <= toSeq`, page by page; the next page is on its way while one is used. */
export async function* readPages(
  client: RedisClient,
  keys: RecordKeys,
  afterSeq: number,
  toSeq: number,
): AsyncGenerator<EntriesPage> {
  if (afterSeq >= toSeq) return;
  let page = await readPage(client, keys, afterSeq, toSeq);
  while (page.reached < toSeq) {
    const next = readPage(client, keys, page.reached, toSeq);
    next.catch(() => undefined); // awaited below, unless the reader stops here
    yield page;
    page = await next;
  }
  yield page;
}

async function readPage(
  client: RedisClient,
  keys: RecordKeys,
  afterSeq: number,
  toSeq: number,
): Promise<EntriesPage> {
  const range = async (stream: StreamName): Promise<StreamPart> => {
    const bounds = [`(${afterSeq}-0`, `${toSeq}-0`];
    return parseStreamPart(
      stream,
      await client.call(timeoutMs, 'xrange', keys[stream], ...bounds, 'COUNT', countPerStream),
    );
  };
  const parts = await Promise.all([range('positions'), range('events')]);
  const { entries, completeTo } = mergeParts(parts, countPerStream);
  const damaged = parts.reduce((sum, part) => sum + part.damaged, 0);
  return { entries, reached: Math.min(completeTo, toSeq), damaged };
}
