import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes beside the file and renames: a server that reads it meanwhile sees the old pack or the new, never
 * half.
 */
export function replaceFile(file: string, content: Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  const besides = `${file}.${process.pid}.tmp`;
  writeFileSync(besides, content);
  renameSync(besides, file);
}
