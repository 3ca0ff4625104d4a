import { readConfig, type Config } from '../config.ts';
import { openRecord } from '../record/open-record.ts';
import type { CopyableRecord } from '../record/copying.ts';
import type { Mode } from '../record/record.ts';

export interface CommandRecord {
  readonly record: CopyableRecord;
  readonly config: Config;
}

/** Opens the record that the settings name, does the work, and closes it again whatever happens. */
export async function withRecord<T>(mode: Mode, work: (opened: CommandRecord) => Promise<T>): Promise<T> {
  const config = readConfig(process.env, mode);
  const record = await openRecord({ ...config, nowMs: Date.now });
  try {
    return await work({ record, config });
  } finally {
    await record.close();
  }
}
