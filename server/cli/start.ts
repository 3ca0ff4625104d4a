import { buildWhatIsOlder } from './build.ts';
import { complainAndExit } from './complain.ts';
import type * as Serve from './serve.ts';

/** `npm start`, `npm run exercise`: builds what is missing or older than its sources, then serves. */
async function start(): Promise<void> {
  const mode = process.argv.includes('--exercise') ? 'exercise' : 'live';
  const built = await buildWhatIsOlder();
  const { serve } = (await import(built.serverEntry)) as typeof Serve; // what vite built from it
  await serve(mode, process.env);
}

start().catch(complainAndExit);
