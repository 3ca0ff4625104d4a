import type { ErrorRequestHandler, RequestHandler } from 'express';
import { Failure } from '../../shared/failure.ts';
import { loggedPath, type Logger } from '../diagnostics/logger.ts';

/** What body-parser and Express throw, in our words. */
const foreign: Readonly<Record<string, (message: string) => Failure>> = {
  'entity.too.large': () => new Failure('too-large', 'the body is larger than this call takes'),
  'encoding.unsupported': () =>
    new Failure('bad-encoding', 'this content encoding is not known; gzip, deflate and br are'),
  'request.aborted': () => new Failure('bad-request', 'the request ended before its body was complete'),
  'request.size.invalid': () => new Failure('bad-request', 'the body is not as long as it said'),
};

/** Anything thrown by a route as a failure with a code; an unknown fault is logged and told without its inside. */
export function toFailure(reason: unknown): Failure {
  if (reason instanceof Failure) return reason;
  if (reason instanceof URIError) return new Failure('bad-request', 'the address is not valid');
  if (reason instanceof Error) {
    const { type, status, code } = reason as { type?: string; status?: number; code?: string };
    const known = type === undefined ? undefined : foreign[type]?.(reason.message);
    if (known) return known;
    if (code?.startsWith('Z_') || code?.startsWith('ERR_BROTLI')) {
      return new Failure('bad-encoding', 'the compressed body is damaged or cut short', { cause: reason });
    }
    if (status !== undefined && status >= 400 && status < 500)
      return new Failure('bad-request', 'the request is not valid');
  }
  return new Failure('internal', 'something went wrong here; it was logged', { cause: reason });
}

export function errorHandler(log: Logger): ErrorRequestHandler {
  return (reason, request, response, next) => {
    const failure = toFailure(reason);
    if (failure.code === 'internal')
      log.error({ err: reason, path: loggedPath(request.originalUrl) }, 'a call failed');
    if (response.headersSent) {
      next(reason);
      return;
    }
    if (failure.code === 'not-signed-in') response.setHeader('WWW-Authenticate', 'Bearer');
    if (failure.code === 'record-unavailable') response.setHeader('Retry-After', '2');
    response.status(failure.status).json(failure.toBody());
  };
}

export const notFound: RequestHandler = (request) => {
  throw new Failure('not-found', `there is nothing at ${request.method} ${loggedPath(request.originalUrl)}`);
};
