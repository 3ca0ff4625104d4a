import { createHash } from 'node:crypto';
import { chmod, mkdir, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { roles } from '../../shared/role.ts';
import type { Logger } from '../diagnostics/logger.ts';
import { createToken, withdrawToken } from '../identity/tokens.ts';
import type { CopyableRecord } from '../record/copying.ts';
import type { Mode } from '../record/record.ts';

/**
 * The control socket: how the commands of the owner of the data folder reach a server that runs on it, since only
 * one process may open an embedded record. One JSON line in, one JSON line out. The socket is for its owner alone.
 */
export const tokenRequestSchema = z.object({
  role: z.enum(roles),
  name: z.string().max(80).optional(),
  units: z.array(z.string().min(1).max(64)).max(1_000).optional(),
  sectors: z.array(z.string().min(1).max(64)).max(1_000).optional(),
  expiresAtMs: z.number().optional(),
  use: z.enum(['access', 'door']).optional(),
});

const requestSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('token'), request: tokenRequestSchema }),
  z.object({ do: z.literal('withdraw'), id: z.string() }),
  z.object({ do: z.literal('backup'), file: z.string() }),
]);
export type ControlRequest = z.infer<typeof requestSchema>;

const answerSchema = z.union([z.object({ result: z.string() }), z.object({ error: z.string() })]);

export interface Control {
  close(): Promise<void>;
}

interface Parts {
  readonly dataDir: string;
  readonly record: CopyableRecord;
  readonly mode: Mode;
  readonly nowMs: () => number;
  readonly log: Logger;
}

/** Where the socket of a data folder is: in it, or in the temporary folder where the path would be too long. */
export function controlPath(dataDir: string): string {
  const inside = join(dataDir, 'control.sock');
  if (Buffer.byteLength(inside) < 100) return inside;
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 24);
  return join(tmpdir(), `nightflash-${name}.sock`);
}

/** Opens the socket. With Redis no socket is needed: commands reach the record themselves. */
export async function openControl(parts: Parts): Promise<Control> {
  if (parts.record.kind === 'redis') return { close: () => Promise.resolve() };
  const path = controlPath(parts.dataDir);
  await mkdir(parts.dataDir, { recursive: true, mode: 0o700 });
  await rm(path, { force: true });
  const server = createServer((socket) => attend(socket, parts));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  await chmod(path, 0o600);
  return { close: () => new Promise((resolve) => void server.close(() => resolve())) };
}

/** A request is one short line; whoever sends more is not one of our commands. */
const maxRequest = 100_000;

function attend(socket: Socket, parts: Parts): void {
  let text = '';
  let taken = false;
  socket.setEncoding('utf8');
  socket.on('error', () => socket.destroy());
  socket.on('data', (piece: string) => {
    if (taken) return;
    text += piece;
    if (text.length > maxRequest) socket.destroy();
    if (!text.includes('\n')) return;
    taken = true;
    answer(text.split('\n')[0] ?? '', parts).then(
      (result) => socket.end(`${JSON.stringify({ result })}\n`),
      (reason: unknown) => {
        parts.log.warn({ err: reason }, 'a control request failed');
        socket.end(
          `${JSON.stringify({ error: reason instanceof Error ? reason.message : String(reason) })}\n`,
        );
      },
    );
  });
}

async function answer(text: string, { record, nowMs }: Parts): Promise<string> {
  const asked = requestSchema.parse(JSON.parse(text));
  if (asked.do === 'token') return createToken(record.shelf, asked.request, nowMs());
  if (asked.do === 'withdraw') return String(await withdrawToken(record.shelf, asked.id));
  const { backUp } = await import('../record/backup.ts');
  return JSON.stringify(await backUp(record, asked.file));
}

/** Asks the server that runs on a data folder; undefined when none does. */
export function askRunningServer(dataDir: string, request: ControlRequest): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect(controlPath(dataDir));
    let text = '';
    socket.setEncoding('utf8');
    socket.on('connect', () => socket.write(`${JSON.stringify(request)}\n`));
    socket.on('data', (piece: string) => (text += piece));
    socket.on('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT' || cause.code === 'ECONNREFUSED') resolve(undefined);
      else reject(cause);
    });
    socket.on('end', () => {
      const answered = answerSchema.parse(JSON.parse(text));
      if ('result' in answered) resolve(answered.result);
      else reject(new Error(answered.error));
    });
  });
}
