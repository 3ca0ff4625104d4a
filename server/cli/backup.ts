import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readConfig } from '../config.ts';
import { askRunningServer } from '../control/control.ts';
import { backUp } from '../record/backup.ts';
import { complainAndExit } from './complain.ts';
import { readOptions } from './options.ts';
import { withRecord } from './with-record.ts';

const usage = 'npm run backup -- FILE [--exercise]';

/** `npm run backup`: a consistent copy of the record in one file, from a running server or from what lies there. */
async function backup(): Promise<void> {
  const { values, positionals } = readOptions(usage, { exercise: { type: 'boolean' } });
  const [given] = positionals;
  if (given === undefined) throw new Error(`no file is named; usage: ${usage}`);
  const mode = values.exercise ? 'exercise' : 'live';
  const file = resolve(given);
  const { dataDir, redisUrl } = readConfig(process.env, mode);
  const asked = redisUrl === undefined ? await askRunningServer(dataDir, { do: 'backup', file }) : undefined;
  if (asked === undefined && redisUrl === undefined && !existsSync(join(dataDir, 'record'))) {
    throw new Error(`DATA_DIR: there is no record in ${dataDir} to back up`);
  }
  const summary = asked ?? JSON.stringify(await withRecord(mode, ({ record }) => backUp(record, file)));
  process.stdout.write(`${summary}\n`);
}

backup().then(() => process.exit(0), complainAndExit);
