import { complainAndExit } from '../../server/cli/complain.ts';
import { serve } from '../../server/cli/serve.ts';

/** The real server as a process of its own, from its sources, for tests that kill it. */
serve('live', process.env).catch(complainAndExit);
