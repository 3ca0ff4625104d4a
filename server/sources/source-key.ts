import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** The key of the source store, or the sentence that says why there is none. */
export type SourceKey =
  | { readonly state: 'here'; readonly key: Buffer; readonly isNew: boolean }
  | { readonly state: 'missing'; readonly reason: string };

const keyBytes = 32;

/**
 * Reads the key file: 32 bytes as 64 hexadecimal digits. Where `mayMake` and there is none, makes one that only its
 * owner may read. Servers that start at the same moment agree on one key: the file appears whole or not at all.
 */
export function readSourceKey(file: string, mayMake: boolean): SourceKey {
  try {
    const isNew = !existsSync(file) && mayMake && make(file);
    const text = readFileSync(file, 'utf8').trim();
    if (/^[0-9a-f]{64}$/i.test(text)) return { state: 'here', key: Buffer.from(text, 'hex'), isNew };
    return { state: 'missing', reason: `SOURCE_KEY_FILE: ${file} is not a key (64 hexadecimal digits)` };
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'error';
    return { state: 'missing', reason: `SOURCE_KEY_FILE: ${file} cannot be read or made (${code})` };
  }
}

function make(file: string): boolean {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, `${randomBytes(keyBytes).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, file);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw cause;
  } finally {
    rmSync(draft);
  }
}
