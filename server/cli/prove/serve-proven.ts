import { readConfig } from '../../config.ts';
import { createToken } from '../../identity/tokens.ts';
import { startServer } from '../../main.ts';
import { complainAndExit } from '../complain.ts';
import { surroundings } from '../serve.ts';

/** The line by which the process of the proof learns where the server is. */
export const provenLine = 'PROVEN ';

/**
 * A real server as a process of its own, so that a proof can kill it. Its one line on stdout has the address and a
 * token of each role that the proof uses. It ends with the process that started it.
 */
async function serveProven(): Promise<void> {
  process.once('disconnect', () => process.exit(1));
  const server = await startServer(readConfig(process.env, 'live'), surroundings());
  const token = (role: 'feed' | 'watch'): Promise<string> =>
    createToken(server.record.shelf, { role, name: `prove ${role}` }, Date.now());
  const tokens = { feed: await token('feed'), watch: await token('watch') };
  process.once('SIGTERM', () => void server.stop().then(() => process.exit(0), complainAndExit));
  process.stdout.write(`${provenLine}${JSON.stringify({ url: server.url, tokens })}\n`);
}

if (process.argv[2] === 'serve') serveProven().catch(complainAndExit);
