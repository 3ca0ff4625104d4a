import express, { type Request, type RequestHandler } from 'express';
import { Failure } from '../../shared/failure.ts';
import { parseJson } from '../ingest/parse-json.ts';

/** Takes the body as bytes, inflated, up to a limit; what is larger is refused with 413 before it is read whole. */
export function bytesUpTo(maxBytes: number): RequestHandler {
  const inflated = express.raw({ type: () => true, limit: maxBytes, inflate: true });
  return (request, response, next) => {
    const encoding = request.headers['content-encoding'];
    if (encoding !== undefined && encoding.toLowerCase() !== 'identity') inflated(request, response, next);
    else readPlain(request, maxBytes, next);
  };
}

/** The body of a call as it comes, which is most of them; a fraction of the cost of the parser that knows everything. */
function readPlain(request: Request, maxBytes: number, next: (reason?: unknown) => void): void {
  const pieces: Buffer[] = [];
  let length = 0;
  const finish = (reason?: unknown): void => {
    request.off('data', take).off('end', end).off('error', cutShort).off('close', cutShort);
    next(reason);
  };
  const tooLarge = (): void => {
    request.pause();
    finish(new Failure('too-large', 'the body is larger than this call takes'));
  };
  const take = (piece: Buffer): void => {
    length += piece.length;
    if (length > maxBytes) tooLarge();
    else pieces.push(piece);
  };
  const end = (): void => {
    request.body = pieces.length === 1 ? pieces[0] : Buffer.concat(pieces);
    finish();
  };
  const cutShort = (): void =>
    finish(new Failure('bad-request', 'the request ended before its body was complete'));
  if (!request.readable) cutShort();
  else if (Number(request.headers['content-length'] ?? 0) > maxBytes) tooLarge();
  else request.on('data', take).on('end', end).on('error', cutShort).on('close', cutShort);
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
