import { buildWhatIsOlder } from './build.ts';
import { complainAndExit } from './complain.ts';

/** `npm run build`: what `npm start` would build, without serving. */
buildWhatIsOlder().catch(complainAndExit);
