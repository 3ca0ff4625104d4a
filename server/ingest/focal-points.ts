import { Failure } from '../../shared/failure.ts';
import {
  careNoteInSchema,
  focalPointInSchema,
  focalPointPatchSchema,
  whySchema,
  type FocalPointOut,
} from '../../shared/model/source.ts';
import type { Principal } from '../../shared/role.ts';
import type { Mission } from '../mission/mission.ts';
import type { Picture } from '../picture/picture.ts';
import { unknownPoint, type FocalPoint, type FocalPoints } from '../sources/focal-points.ts';
import type { Sources } from '../sources/sources.ts';
import { mustMay } from './may.ts';
import { parseBody } from './parse-body.ts';
import { idOrRefusal, type Submit } from './submit.ts';

/** The registry of focal points: its liaisons keep it, the desk knows pseudonyms and areas. */
export interface FocalPointsDoor {
  register(liaison: Principal, body: unknown): Promise<{ point: FocalPointOut; isNew: boolean }>;
  list(principal: Principal): Promise<readonly FocalPointOut[]>;
  look(liaison: Principal, pseudonym: string): Promise<FocalPointOut>;
  change(liaison: Principal, pseudonym: string, body: unknown): Promise<FocalPointOut>;
  care(liaison: Principal, pseudonym: string, body: unknown): Promise<FocalPointOut>;
  withdraw(liaison: Principal, pseudonym: string): Promise<void>;
  /** The real number. That it was asked for, by whom and why, is on record before it is answered. */
  open(
    liaison: Principal,
    pseudonym: string,
    body: unknown,
  ): Promise<{ pseudonym: string; number: string; codeWord?: string }>;
}

interface Parts {
  readonly submit: Submit;
  readonly sources: Sources;
  readonly points: FocalPoints;
  readonly picture: () => Picture;
  readonly mission: Mission;
  readonly newId: () => string;
  readonly nowMs: () => number;
}

export function createFocalPointsDoor(parts: Parts): FocalPointsDoor {
  const { submit, sources, points, nowMs, newId } = parts;
  const own = async (liaison: Principal, pseudonym: string): Promise<FocalPoint> => {
    mustMay(liaison, 'keep-sources', 'keep sources');
    const point = await points.of(pseudonym);
    if (!point || !isOwn(parts, liaison, point.placeId)) throw unknownPoint(pseudonym);
    return point;
  };
  const inFull = async (point: FocalPoint): Promise<FocalPointOut> => {
    const [seenMs, care] = await Promise.all([
      points.lastSeenMs(point.pseudonym),
      points.careOf(point.pseudonym),
    ]);
    return pointOut(point, sectorOf(parts, point.placeId), seenMs, care);
  };
  return {
    async register(liaison, body) {
      mustMay(liaison, 'keep-sources', 'keep sources');
      const given = parseBody(focalPointInSchema, body);
      mustBeOwn(parts, liaison, given.placeId);
      const { point, isNew } = await points.register(given);
      const { pseudonym } = point;
      const sector = sectorOf(parts, point.placeId) ?? null;
      if (isNew) idOrRefusal(await submit.event(liaison, { kind: 'source.registered', pseudonym, sector }));
      return { point: await inFull(point), isNew };
    },
    async list(principal) {
      mustMay(principal, 'list-sources', 'list sources');
      const all = await points.list();
      if (principal.role !== 'liaison') {
        return all.map(({ pseudonym, placeId, withdrawnAtMs }) => ({
          pseudonym,
          ...sectorField(parts, placeId),
          ...(withdrawnAtMs === undefined ? {} : { withdrawnAt: new Date(withdrawnAtMs).toISOString() }),
        }));
      }
      return await Promise.all(all.filter(({ placeId }) => isOwn(parts, principal, placeId)).map(inFull));
    },
    look: async (liaison, pseudonym) => inFull(await own(liaison, pseudonym)),
    async change(liaison, pseudonym, body) {
      await own(liaison, pseudonym);
      const patch = parseBody(focalPointPatchSchema, body);
      if (patch.placeId !== undefined) mustBeOwn(parts, liaison, patch.placeId);
      return await inFull(await points.change(pseudonym, patch));
    },
    async care(liaison, pseudonym, body) {
      const point = await own(liaison, pseudonym);
      if (point.withdrawnAtMs !== undefined) throw unknownPoint(pseudonym);
      const { id, ...note } = parseBody(careNoteInSchema, body);
      const text = await sources.withoutNumbers(note.text);
      const stored = { id: id ?? newId(), kind: note.kind, text, atMs: nowMs(), by: liaison.name };
      await points.addCare(pseudonym, stored);
      if (note.kind === 'contact') await points.seen(pseudonym, nowMs());
      return await inFull(point);
    },
    async withdraw(liaison, pseudonym) {
      const point = await own(liaison, pseudonym);
      if (point.withdrawnAtMs !== undefined) return;
      const sector = sectorOf(parts, point.placeId) ?? null;
      idOrRefusal(await submit.event(liaison, { kind: 'source.withdrawn', pseudonym, sector }));
      await points.withdraw(pseudonym, nowMs());
    },
    async open(liaison, pseudonym, body) {
      mustMay(liaison, 'keep-sources', 'open a source');
      const { reason } = parseBody(whySchema, body);
      const point = await points.of(pseudonym);
      const sector = callerSector(parts, liaison, pseudonym, point);
      const number = await sources.numberOf(pseudonym);
      if (number === undefined) throw unknownPoint(pseudonym);
      const why = await sources.withoutNumbers(reason, number);
      idOrRefusal(
        await submit.event(liaison, {
          kind: 'source.opened',
          pseudonym,
          sector: sector ?? null,
          reason: why,
        }),
      );
      return { pseudonym, number, ...(point?.codeWord ? { codeWord: point.codeWord } : {}) };
    },
  };
}

/**
 * The area whose liaison may open a source: that of the focal point, else those of the caller's alerts. A caller
 * of whom no area is known is anybody's, or nobody could call back. Restricted alerts say nothing of their callers.
 */
function callerSector(
  parts: Parts,
  liaison: Principal,
  pseudonym: string,
  point: FocalPoint | undefined,
): string | undefined {
  if (point) {
    if (!isOwn(parts, liaison, point.placeId)) throw unknownPoint(pseudonym);
    return sectorOf(parts, point.placeId);
  }
  const calls = [...parts.picture().alerts.values()].filter(({ source }) => source === pseudonym);
  const ordinary = calls.filter(({ restricted }) => !restricted);
  const areas = ordinary.flatMap(({ sector }) => (sector === undefined ? [] : [sector]));
  const mine = areas.find((area) => liaison.sectors.includes(area));
  if (mine === undefined && (areas.length > 0 || ordinary.length === 0)) throw unknownPoint(pseudonym);
  return mine;
}

function sectorOf({ picture, mission }: Parts, placeId: string): string | undefined {
  const place = picture().places.get(placeId)?.place;
  return place && mission.sectorAt(place.lon, place.lat);
}

function sectorField(parts: Parts, placeId: string): { sector?: string } {
  const sector = sectorOf(parts, placeId);
  return sector === undefined ? {} : { sector };
}

function isOwn(parts: Parts, { sectors }: Principal, placeId: string): boolean {
  const sector = sectorOf(parts, placeId);
  return sector !== undefined && sectors.includes(sector);
}

function mustBeOwn(parts: Parts, liaison: Principal, placeId: string): void {
  if (!parts.picture().places.has(placeId))
    throw new Failure('not-found', 'there is no such place', { field: 'placeId' });
  if (!isOwn(parts, liaison, placeId))
    throw new Failure('role-not-allowed', 'this place is not in your area', { field: 'placeId' });
}

/** Everything but the number and the code word, which are opened one by one. */
function pointOut(
  { codeWord: _codeWord, safeWhen, withdrawnAtMs, ...point }: FocalPoint,
  sector: string | undefined,
  seenMs: number | undefined,
  care: NonNullable<FocalPointOut['care']>,
): FocalPointOut {
  return {
    ...point,
    ...(sector === undefined ? {} : { sector }),
    ...(safeWhen ? { safeWhen } : {}),
    ...(seenMs === undefined ? {} : { lastContactAt: new Date(seenMs).toISOString() }),
    ...(withdrawnAtMs === undefined ? {} : { withdrawnAt: new Date(withdrawnAtMs).toISOString() }),
    care,
  };
}
