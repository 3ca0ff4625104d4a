import { Failure } from '../../shared/failure.ts';
import { maxPositionsPerCall } from '../../shared/model/position.ts';
import { positionList } from '../ingest/position-list.ts';
import type { PositionCandidate } from '../ingest/positions.ts';
import { parseJson } from '../ingest/parse-json.ts';

/**
 * The items of a positions body: a JSON array, `{"positions":[…]}`, one position object, or NDJSON with one
 * position a line. What an item is worth is judged by the door; only a body that is none of these fails as a
 * whole. NDJSON is believed by its content type, and recognised by its look, since programs that stream lines
 * seldom say so.
 */
export function positionCandidates(text: string, contentType: string): PositionCandidate[] {
  if (/ndjson|jsonl/i.test(contentType)) return lineCandidates(linesOf(text));
  const body = jsonOrFailure(text);
  if (!(body instanceof Failure)) return itemsOf(body);
  const lines = linesOf(text);
  if (lines.length > 1 && isObject(jsonOrFailure(lines[0] ?? ''))) return lineCandidates(lines);
  throw body;
}

/**
 * Any one of these makes an object a position, however incomplete, so that the refusal can name what it
 * lacks.
 */
const positionFields = ['unit', 'time', 'lon', 'lat'];

function itemsOf(body: unknown): PositionCandidate[] {
  const isOne =
    isObject(body) && !('positions' in body) && positionFields.some((field) => Object.hasOwn(body, field));
  return isOne ? [{ item: body }] : positionList(body);
}

/** More lines than a call may hold are not parsed at all: the door refuses them by their number. */
function lineCandidates(lines: readonly string[]): PositionCandidate[] {
  if (lines.length > maxPositionsPerCall) return lines.map(() => ({ item: undefined }));
  return lines.map((line) => {
    const item = jsonOrFailure(line);
    if (!(item instanceof Failure)) return { item };
    const message = item.message.replace('the body', 'the line');
    return { item: undefined, refusal: { code: 'bad-json', field: '', message } };
  });
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

function jsonOrFailure(text: string): unknown {
  try {
    return parseJson(text);
  } catch (reason) {
    return reason;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Failure);
}
