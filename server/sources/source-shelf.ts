import type { z } from 'zod';
import type { Shelf } from '../record/record.ts';
import { inFigures, type Seal } from './seal.ts';

/** Where everything of the source store lies on the record's shelf. */
export const sourcePrefix = 'source/';

/** What may stand behind the prefix: nothing that is said of a person is in a name, only keyed hashes are. */
export type SourceDrawer =
  'number' | 'pseudonym' | 'stop' | 'point' | 'seen' | 'care' | 'gathered' | 'piece' | 'text';

/** Sealed values by drawer and name, on the record's shelf. */
export interface SourceShelf {
  get<T>(schema: z.ZodType<T>, drawer: SourceDrawer, ...name: readonly string[]): Promise<T | undefined>;
  put(value: unknown, drawer: SourceDrawer, ...name: readonly string[]): Promise<void>;
  /** Answers whether the place was free. */
  putNew(value: unknown, drawer: SourceDrawer, ...name: readonly string[]): Promise<boolean>;
  remove(drawer: SourceDrawer, ...name: readonly string[]): Promise<void>;
  /** Everything in a drawer whose name begins with these parts. */
  list<T>(schema: z.ZodType<T>, drawer: SourceDrawer, ...name: readonly string[]): Promise<readonly T[]>;
  /** Empties what `list` would show. */
  removeAll(drawer: SourceDrawer, ...name: readonly string[]): Promise<void>;
  /** Takes out of a drawer what the schema passes. */
  removeMatching(schema: z.ZodType, drawer: SourceDrawer): Promise<void>;
}

export function sourceShelf(shelf: Shelf, seal: Seal): SourceShelf {
  const placeOf = (drawer: SourceDrawer, name: readonly string[]): string =>
    [`${sourcePrefix}${drawer}`, ...name.map((part) => inFigures(seal.digest(drawer, part), 26))].join('/');
  const sealed = (place: string, value: unknown): Uint8Array =>
    seal.seal(place, new TextEncoder().encode(JSON.stringify(value)));
  const opened = <T>(schema: z.ZodType<T>, place: string, bytes: Uint8Array): T | undefined => {
    const open = seal.open(place, bytes);
    if (!open) return undefined;
    const parsed = schema.safeParse(JSON.parse(open.toString('utf8')));
    return parsed.success ? parsed.data : undefined;
  };
  return {
    async get(schema, drawer, ...name) {
      const place = placeOf(drawer, name);
      const bytes = await shelf.get(place);
      return bytes && opened(schema, place, bytes);
    },
    put(value, drawer, ...name) {
      const place = placeOf(drawer, name);
      return shelf.put(place, sealed(place, value));
    },
    putNew(value, drawer, ...name) {
      const place = placeOf(drawer, name);
      return shelf.putNew(place, sealed(place, value));
    },
    remove: (drawer, ...name) => shelf.delete(placeOf(drawer, name)),
    async list(schema, drawer, ...name) {
      const found = await shelf.list(`${placeOf(drawer, name)}/`);
      return found.flatMap(([place, bytes]) => {
        const value = opened(schema, place, bytes);
        return value === undefined ? [] : [value];
      });
    },
    async removeAll(drawer, ...name) {
      const found = await shelf.list(`${placeOf(drawer, name)}/`);
      for (const [place] of found) await shelf.delete(place);
    },
    async removeMatching(schema, drawer) {
      for (const [place, bytes] of await shelf.list(`${sourcePrefix}${drawer}/`)) {
        if (opened(schema, place, bytes) !== undefined) await shelf.delete(place);
      }
    },
  };
}
