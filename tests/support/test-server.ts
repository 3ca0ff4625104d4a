import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { missionSchema, type MissionFile } from '../../shared/model/mission.ts';
import type { Role } from '../../shared/role.ts';
import { readConfig } from '../../server/config.ts';
import { createLogger, type Logger } from '../../server/diagnostics/logger.ts';
import { createToken } from '../../server/identity/tokens.ts';
import { startServer, type NightflashServer } from '../../server/main.ts';
import { missionOf } from '../../server/mission/mission.ts';
import type { RoadLine } from '../../server/mission/road-lines.ts';
import { testSourceKey } from './source-key.ts';
import { sectors } from './random-picture.ts';

export interface TestServer extends NightflashServer {
  /** A new token of a role. */
  token(role: Role, own?: { units?: string[]; sectors?: string[]; name?: string }): Promise<string>;
  /** A call with a bearer token and a JSON body. */
  call(
    method: string,
    path: string,
    options?: { token?: string; body?: unknown; headers?: Record<string, string> },
  ): Promise<Answer>;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

/** A temporary folder that goes with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'nightflash-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

interface Options {
  readonly env?: Record<string, string>;
  readonly mission?: Partial<MissionFile>;
  readonly roads?: readonly RoadLine[];
  readonly nowMs?: () => number;
  readonly log?: Logger;
}

/** A real server in this process on a free port, with three sectors side by side, stopped when the test ends. */
export async function testServer({
  env = {},
  mission = {},
  roads = [],
  nowMs = Date.now,
  log = createLogger('silent'),
}: Options = {}): Promise<TestServer> {
  const config = readConfig(
    {
      PORT: '0',
      LOG_LEVEL: 'silent',
      DATA_DIR: env['DATA_DIR'] ?? temporaryFolder(),
      SOURCE_KEY_FILE: testSourceKey(),
      ...env,
    },
    'live',
  );
  const server = await startServer(config, {
    nowMs,
    clientDir: '/nonexistent',
    tilesDir: '/nonexistent',
    builtPacks: [],
    version: 'test',
    mission: missionOf(missionSchema.parse({ name: 'Test mission', sectors, ...mission }), [], roads),
    log,
    recheckEveryMs: 200,
    pingEveryMs: 500,
  });
  let stopped = false;
  const stop = async (): Promise<void> => {
    if (stopped) return;
    stopped = true;
    await server.stop();
  };
  onTestFinished(stop);
  return {
    ...server,
    stop,
    token: (role, own = {}) => createToken(server.record.shelf, { role, ...own }, nowMs()),
    call: (method, path, options) => call(server.url, method, path, options),
  };
}

export async function call(
  url: string,
  method: string,
  path: string,
  { token, body, headers }: { token?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined
      ? {}
      : {
          body:
            typeof body === 'string' || body instanceof Uint8Array
              ? (body as BodyInit)
              : JSON.stringify(body),
        }),
  });
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  return {
    status: response.status,
    headers: response.headers,
    body: isJson ? (JSON.parse(text) as unknown) : text,
  };
}
