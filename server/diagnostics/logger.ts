import { pino, type DestinationStream, type Logger } from 'pino';

export type { Logger };

const secretFields = [
  'token',
  'code',
  'secret',
  'password',
  'authorization',
  'cookie',
  'headers.authorization',
  'headers.cookie',
  'req.headers.authorization',
  'req.headers.cookie',
];

/** The logger: JSON lines on stderr, secrets redacted; stdout belongs to the lines that the contract names. */
export function createLogger(
  level: string,
  sink: DestinationStream = pino.destination({ dest: 2, sync: true }),
): Logger {
  return pino({ level, base: undefined, redact: { paths: secretFields, censor: '[redacted]' } }, sink);
}

/** An address as it may be logged: door keys and queries are no one's business. */
export function loggedPath(url: string): string {
  const path = url.split('?')[0] ?? '';
  return path.replace(/^\/osmand\/[^/]+/i, '/osmand/[key]');
}
