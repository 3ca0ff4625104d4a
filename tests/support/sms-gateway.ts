import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { onTestFinished } from 'vitest';

/** What the gateway does with a request: an answer, none for ever, or none after it has taken the message. */
export type GatewayMood = number | 'silent' | 'takes-and-drops' | 'takes-and-hangs';

export interface TestGateway {
  readonly url: string;
  /** Every request as it came. */
  readonly requests: Array<{
    readonly path: string;
    readonly headers: IncomingHttpHeaders;
    readonly body: string;
  }>;
  /** What a caller's telephone shows: one message for each id. */
  readonly delivered: Map<string, { readonly to: string; readonly text: string }>;
  mood: GatewayMood;
}

/** A gateway that takes ids, on a real port. */
export async function startGateway(): Promise<TestGateway> {
  const gateway: { -readonly [K in keyof TestGateway]: TestGateway[K] } = {
    ...{ url: '', requests: [], delivered: new Map(), mood: 200 },
  };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      const { mood } = gateway;
      gateway.requests.push({ path: request.url ?? '', headers: request.headers, body });
      if (mood === 'silent') return;
      if (typeof mood === 'string' || mood < 300) {
        const { id, to, text } = JSON.parse(body.startsWith('{') ? body : '{}') as Record<string, string>;
        if (!gateway.delivered.has(id ?? ''))
          gateway.delivered.set(id ?? '', { to: to ?? '', text: text ?? '' });
      }
      if (mood === 'takes-and-drops') request.socket.destroy();
      else if (typeof mood === 'number') response.writeHead(mood).end('{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  gateway.url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/send`;
  return gateway;
}
