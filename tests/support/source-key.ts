import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSourceKey } from '../../server/sources/source-key.ts';

/** The one key file of all test servers of this machine, so that those of one record agree and no home gets a key. */
export function testSourceKey(): string {
  const file = join(tmpdir(), 'nightflash-test-source-key');
  readSourceKey(file, true);
  return file;
}
