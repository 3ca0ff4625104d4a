import { z } from 'zod';
import { Failure } from '../../shared/failure.ts';
import {
  careKinds,
  type CareNote,
  type FocalPointIn,
  focalPointInSchema,
  type focalPointPatchSchema,
} from '../../shared/model/source.ts';
import type { Sources } from './sources.ts';

const pointSchema = focalPointInSchema.omit({ number: true }).extend({
  pseudonym: z.string(),
  withdrawnAtMs: z.number().optional(),
});
/** A focal point as the source store keeps it; what a viewer may see of it is decided in web. */
export type FocalPoint = z.infer<typeof pointSchema>;
const seenSchema = z.object({ atMs: z.number() });
const careSchema = z.object({
  id: z.string(),
  kind: z.enum(careKinds),
  text: z.string(),
  atMs: z.number(),
  by: z.string(),
});
export type StoredCare = z.infer<typeof careSchema>;

/** The registry of focal points, sealed on the shelf under their pseudonyms. Refuses while the store is closed. */
export interface FocalPoints {
  of(pseudonym: string): Promise<FocalPoint | undefined>;
  list(): Promise<readonly FocalPoint[]>;
  /** The same again changes nothing; another one under a number that is registered is a conflict. */
  register(point: FocalPointIn): Promise<{ readonly point: FocalPoint; readonly isNew: boolean }>;
  change(pseudonym: string, patch: z.infer<typeof focalPointPatchSchema>): Promise<FocalPoint>;
  /** When the focal point was last heard of; earlier times change nothing. */
  seen(pseudonym: string, atMs: number): Promise<void>;
  lastSeenMs(pseudonym: string): Promise<number | undefined>;
  addCare(pseudonym: string, note: StoredCare): Promise<void>;
  careOf(pseudonym: string): Promise<readonly CareNote[]>;
  /** Erases the number and all that was noted; the pseudonym stays, in use for nobody else. */
  withdraw(pseudonym: string, atMs: number): Promise<void>;
}

export function createFocalPoints(sources: Sources): FocalPoints {
  const of = (pseudonym: string): Promise<FocalPoint | undefined> =>
    sources.shelf.get(pointSchema, 'point', pseudonym);
  const lastSeenMs = async (pseudonym: string): Promise<number | undefined> =>
    (await sources.shelf.get(seenSchema, 'seen', pseudonym))?.atMs;
  return {
    of,
    list: () => sources.shelf.list(pointSchema, 'point'),
    async register({ number, ...given }) {
      const pseudonym = await sources.pseudonymOf(number);
      if (pseudonym === undefined)
        throw new Failure('field-invalid', 'this is no telephone number', { field: 'number' });
      const point: FocalPoint = { ...given, pseudonym };
      if (await sources.shelf.putNew(point, 'point', pseudonym)) return { point, isNew: true };
      const known = await of(pseudonym);
      if (known && isSame(known, point)) return { point: known, isNew: false };
      throw new Failure('conflict', `this number is registered already, as ${pseudonym}`, {
        field: 'number',
      });
    },
    async change(pseudonym, patch) {
      const known = await of(pseudonym);
      if (!known || known.withdrawnAtMs !== undefined) throw unknownPoint(pseudonym);
      const said = Object.entries(patch).filter(([, value]) => value !== undefined);
      const changed: FocalPoint = { ...known, ...Object.fromEntries(said) };
      await sources.shelf.put(changed, 'point', pseudonym);
      return changed;
    },
    async seen(pseudonym, atMs) {
      if (((await lastSeenMs(pseudonym)) ?? -1) < atMs) await sources.shelf.put({ atMs }, 'seen', pseudonym);
    },
    lastSeenMs,
    addCare: async (pseudonym, note) => {
      await sources.shelf.putNew(note, 'care', pseudonym, note.id);
    },
    async careOf(pseudonym) {
      const notes = [...(await sources.shelf.list(careSchema, 'care', pseudonym))];
      notes.sort((a, b) => a.atMs - b.atMs);
      return notes.map(({ atMs, ...note }) => ({ ...note, at: new Date(atMs).toISOString() }));
    },
    async withdraw(pseudonym, atMs) {
      const known = await of(pseudonym);
      if (!known) throw unknownPoint(pseudonym);
      await sources.forget(pseudonym);
      await sources.shelf.removeAll('care', pseudonym);
      await sources.shelf.remove('seen', pseudonym);
      const { placeId } = known;
      const rest = { pseudonym, placeId, languages: [], safeToCall: false, sourceGrade: 'F' as const };
      await sources.shelf.put({ ...rest, withdrawnAtMs: known.withdrawnAtMs ?? atMs }, 'point', pseudonym);
    },
  };
}

export function unknownPoint(pseudonym: string): Failure {
  return new Failure('not-found', `there is no focal point ${pseudonym}`, { field: 'pseudonym' });
}

function isSame(a: FocalPoint, b: FocalPoint): boolean {
  const told = (point: FocalPoint): string =>
    JSON.stringify([
      point.placeId,
      point.languages,
      point.safeToCall,
      point.safeWhen ?? '',
      point.codeWord ?? '',
      point.sourceGrade,
      point.withdrawnAtMs,
    ]);
  return told(a) === told(b);
}
