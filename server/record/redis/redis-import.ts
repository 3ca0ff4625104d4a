import type { RecordImport } from '../copying.ts';
import { newEpoch } from '../epoch.ts';
import type { RecordEntry, Shelf, Stamp } from '../record.ts';
import { unavailable } from '../unavailable.ts';
import type { Argument, RedisClient, Script } from './redis-client.ts';
import { beginImportScript, finishImportScript, type RecordKeys } from './redis-scripts.ts';

const timeoutMs = 10_000;

/**
 * Takes the empty record under `keys` for a restore. `finished` is called when it is whole and has its new epoch,
 * so that this server looks at it anew.
 */
export async function beginImport(
  client: RedisClient,
  keys: RecordKeys,
  shelf: Shelf,
  finished: () => Promise<void>,
): Promise<RecordImport> {
  const run = async (
    script: Script,
    keyNames: readonly string[],
    args: readonly Argument[],
  ): Promise<void> => {
    try {
      await client.run(timeoutMs, script, keyNames, args);
    } catch (cause) {
      throw unavailable(client.reasonOf(cause));
    }
  };
  const addEntry = async ({ seq, atMs, stream, body }: RecordEntry): Promise<void> => {
    const fields: Argument[] = ['t', atMs, 'b', body];
    await client.call(timeoutMs, 'xadd', keys[stream], `${seq}-0`, ...fields).catch((cause: unknown) => {
      throw unavailable(client.reasonOf(cause));
    });
  };
  await run(beginImportScript, [keys.meta, keys.positions, keys.events, keys.shelf], [newEpoch()]);
  return {
    addEntries: async (entries) => void (await Promise.all(entries.map(addEntry))),
    addToShelf: (key, value) => shelf.put(key, value),
    finish: async (last: Stamp) => {
      await run(finishImportScript, [keys.meta], [newEpoch(), last.seq, last.atMs]);
      await finished();
    },
  };
}
