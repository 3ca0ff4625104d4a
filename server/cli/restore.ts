import { resolve } from 'node:path';
import { readConfig } from '../config.ts';
import { restoreInto } from '../record/backup.ts';
import { complainAndExit } from './complain.ts';
import { readOptions } from './options.ts';
import { withRecord } from './with-record.ts';

const usage = 'npm run restore -- FILE [--exercise]';

/** `npm run restore`: fills an empty record from a copy; refuses one that holds anything. */
async function restore(): Promise<void> {
  const { values, positionals } = readOptions(usage, { exercise: { type: 'boolean' } });
  const [given] = positionals;
  if (given === undefined) throw new Error(`no file is named; usage: ${usage}`);
  const mode = values.exercise ? 'exercise' : 'live';
  readConfig(process.env, mode);
  const summary = await withRecord(mode, ({ record }) => restoreInto(record, resolve(given)));
  process.stdout.write(`${JSON.stringify(summary)}\n`);
}

restore().then(() => process.exit(0), complainAndExit);
