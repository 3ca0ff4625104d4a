import type { Shelf } from '../../server/record/record.ts';

/** A shelf in memory; the contract suite holds the real ones to the same behaviour. */
export function memoryShelf(): Shelf & { readonly kept: Map<string, Uint8Array>; onPut: () => void } {
  const kept = new Map<string, Uint8Array>();
  const shelf = {
    kept,
    onPut: (): void => undefined,
    get: (key: string) => Promise.resolve(kept.get(key)),
    async put(key: string, value: Uint8Array) {
      shelf.onPut();
      kept.set(key, value.slice());
    },
    putNew: (key: string, value: Uint8Array) =>
      Promise.resolve(kept.has(key) ? false : !!kept.set(key, value)),
    delete: (key: string) => Promise.resolve(void kept.delete(key)),
    list: (prefix: string) => Promise.resolve([...kept].filter(([key]) => key.startsWith(prefix))),
  };
  return shelf;
}
