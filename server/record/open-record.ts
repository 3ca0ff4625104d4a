import type { CopyableRecord } from './copying.ts';
import type { Mode } from './record.ts';

export interface RecordSettings {
  readonly mode: Mode;
  /** Folder of the embedded record. */
  readonly dataDir: string;
  /** Address of Redis; absent: the embedded record is used. */
  readonly redisUrl?: string;
  readonly redisPrefix: string;
  /** ms since 1970; the embedded record stamps entries with it. Redis uses its own clock. */
  readonly nowMs: () => number;
}

/** Opens the record that the settings name. Fails with an Error of one readable line. */
export async function openRecord(settings: RecordSettings): Promise<CopyableRecord> {
  if (settings.redisUrl !== undefined) {
    const { openRedisRecord } = await import('./redis-record.ts');
    return openRedisRecord({ ...settings, redisUrl: settings.redisUrl }).catch((cause: unknown) => {
      const line = cause instanceof Error ? cause.message : String(cause);
      throw new Error(line.startsWith('REDIS_') ? line : `REDIS_URL: ${line}`, { cause });
    });
  }
  const { openEmbeddedRecord } = await import('./embedded-record.ts');
  return openEmbeddedRecord(settings);
}
