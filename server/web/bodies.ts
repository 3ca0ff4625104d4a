import express, { type Request, type RequestHandler } from 'express';
import { Failure } from '../../shared/failure.ts';
import { parseJson } from '../ingest/parse-json.ts';

/** Takes the body as bytes, inflated, up to a limit; what is larger is refused with 413 before it is read whole. */
export function bytesUpTo(maxBytes: number): RequestHandler {
  return express.raw({ type: () => true, limit: maxBytes, inflate: true });
}

export function bodyText(request: Request): string {
  const body: unknown = request.body;
  if (!Buffer.isBuffer(body)) return '';
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new Failure('bad-encoding', 'the body is not UTF-8 text');
  }
}

/** The body as JSON; an empty one is `undefined`. */
export function bodyJson(request: Request): unknown {
  const text = bodyText(request);
  if (text.trim() === '') return undefined;
  return parseJson(text);
}
