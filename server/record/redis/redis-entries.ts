import type { RecordEntry, StreamName } from '../record.ts';

/** Part of a stream: its readable entries, and how far it reaches when COUNT may have cut it short. */
export interface StreamPart {
  readonly entries: readonly RecordEntry[];
  /** Seq of the last element, readable or not; 0 when there is none. */
  readonly lastSeq: number;
  readonly elements: number;
  /** Elements that are no entries: torn, or someone else's writing. */
  readonly damaged: number;
}

/** Reads the reply of XRANGE, or of XREAD for one stream: `[[id, [field, value, …]], …]`. */
export function parseStreamPart(stream: StreamName, reply: unknown): StreamPart {
  const elements: readonly unknown[] = Array.isArray(reply) ? reply : [];
  const entries: RecordEntry[] = [];
  let lastSeq = 0;
  for (const element of elements) {
    const [id, fields] = Array.isArray(element) ? element : [];
    const seq = Number.parseInt(String(id));
    if (Number.isSafeInteger(seq)) lastSeq = seq;
    const entry = parseEntry(stream, seq, fields);
    if (entry !== undefined) entries.push(entry);
  }
  return { entries, lastSeq, elements: elements.length, damaged: elements.length - entries.length };
}

function parseEntry(stream: StreamName, seq: number, fields: unknown): RecordEntry | undefined {
  if (!Array.isArray(fields) || !Number.isSafeInteger(seq)) return undefined;
  let atMs = Number.NaN;
  let body: Uint8Array | undefined;
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const name = String(fields[index]);
    const value: unknown = fields[index + 1];
    if (name === 't') atMs = Number(String(value));
    else if (name === 'b' && value instanceof Uint8Array) body = value;
  }
  return body === undefined || !Number.isFinite(atMs) ? undefined : { seq, atMs, stream, body };
}

export interface Merged {
  readonly entries: readonly RecordEntry[];
  /** Everything up to this seq is in `entries`; Infinity when no part was cut short. */
  readonly completeTo: number;
}

/**
 * Both streams in order of seq. Where a part has as many elements as COUNT allowed it may go on, so nothing of
 * the other stream behind that part's end is let through.
 */
export function mergeParts(parts: readonly StreamPart[], count: number): Merged {
  const ends = parts.filter((part) => part.elements >= count).map((part) => part.lastSeq);
  const completeTo = Math.min(Number.POSITIVE_INFINITY, ...ends);
  const entries = parts
    .flatMap((part) => part.entries)
    .filter((entry) => entry.seq <= completeTo)
    .sort((one, other) => one.seq - other.seq);
  return { entries, completeTo };
}
