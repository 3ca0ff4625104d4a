import { complainAndExit } from './complain.ts';
import { serve } from './serve.ts';

serve('exercise', process.env).catch(complainAndExit);
