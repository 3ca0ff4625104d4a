import type { AlertCategory, Priority } from '../../../shared/model/alert-lists.ts';
import type { AlertReport } from '../../../shared/model/alert.ts';
import type { AlertFacts } from '../../../shared/model/entry.ts';
import type { Principal } from '../../../shared/role.ts';
import type { IntakeDoor } from '../../ingest/intake.ts';
import type { Picture } from '../../picture/picture.ts';
import type { FocalPoint, FocalPoints } from '../../sources/focal-points.ts';
import { gather, piecesOf, type Piece } from '../../sources/gathering.ts';
import type { Sources } from '../../sources/sources.ts';
import { whole, withoutControls, type IncomingCall, type IncomingText } from './message.ts';
import { isStopWord } from './stop-words.ts';

/** Parts of a long message, and calls of one caller, within this time are one alert. */
const partsWithinMs = 10 * 60_000;
const callsWithinMs = 10 * 60_000;
/** Most of a text that an alert takes. */
const maxText = 10_000;

/** What was read of a message; fields as the alert has them. Absent: it could not be read. */
export type Reading = Partial<AlertReport>;
export type ReadMessage = (text: string, sender: { readonly placeId?: string }) => Promise<Reading>;

interface Parts {
  readonly sources: Sources;
  readonly points: FocalPoints;
  readonly intake: IntakeDoor;
  readonly read: ReadMessage;
  readonly picture: () => Picture;
  readonly nowMs: () => number;
}

/** What became of a message: which alert it is, and whether it made it. */
export interface Taken {
  readonly id: string;
  readonly isNew: boolean;
}

/**
 * Messages and missed calls on their way to alerts. The number stops here: what goes on is a pseudonym, and an id that
 * is a keyed hash, so that the same message twice is one alert and nothing of it can be read from the id.
 */
export interface MessagesDoor {
  takeText(gateway: Principal, message: IncomingText): Promise<Taken>;
  takeCall(gateway: Principal, call: IncomingCall): Promise<Taken>;
}

interface Caller {
  readonly pseudonym: string | undefined;
  readonly point: FocalPoint | undefined;
  readonly facts: AlertFacts;
}

export function createMessagesDoor(parts: Parts): MessagesDoor {
  return {
    async takeText(gateway, message) {
      const text = withoutControls(message.text);
      const caller = await callerOf(parts, message);
      const told = await parts.sources.withoutNumbers(text, message.from);
      if (isStopWord(text) && parts.sources.state === 'open') await parts.sources.stop(message.from);
      const said = parts.sources.state === 'open' ? [message.from, text] : [told];
      const key = [message.gateway, message.id ?? minuteOf(parts, message.atMs), ...said];
      const id = `sms-${parts.sources.digest('text', ...key)}`;
      if (message.part && message.part.total > 1 && parts.sources.state === 'open') {
        return takePart(parts, gateway, { id, told, caller, message, part: message.part });
      }
      return await parts.intake.raise(gateway, {
        id,
        report: await reportOf(parts, whole(told, maxText), caller, { atMs: message.atMs }),
        facts: caller.facts,
      });
    },

    async takeCall(gateway, call) {
      const caller = await callerOf(parts, call);
      const said = parts.sources.state === 'open' ? [call.from] : [];
      const key = [call.gateway, call.id ?? String(parts.nowMs()), ...said];
      const id = `call-${parts.sources.digest('call', ...key)}`;
      const rung: AlertReport = {
        ...(await reportOf(parts, '', caller, { atMs: call.atMs })),
        channel: 'missed-call',
      };
      if (parts.sources.state === 'closed' || caller.pseudonym === undefined) {
        return parts.intake.raise(gateway, { id, report: { ...rung, calls: 1 }, facts: caller.facts });
      }
      const bundle = { name: ['calls', caller.pseudonym], windowMs: callsWithinMs, newAlertId: id };
      const piece: Piece = { id, order: 0, text: '', atMs: parts.nowMs() };
      return await grow(parts, gateway, {
        ...(await gather(parts.sources, bundle, piece)),
        report: (pieces) => Promise.resolve({ ...rung, calls: pieces.length }),
        patch: (pieces) => Promise.resolve({ calls: pieces.length }),
        facts: caller.facts,
      });
    },
  };
}

/** A gateway that gives no id of its own: the same text of the same caller in the same minute is one message. */
function minuteOf({ nowMs }: Parts, atMs: number | undefined): string {
  return `at ${atMs ?? Math.floor(nowMs() / 60_000)}`;
}

async function callerOf(
  { sources, points, nowMs }: Parts,
  { from, gateway }: Pick<IncomingCall, 'from' | 'gateway'>,
): Promise<Caller> {
  const pseudonym = await sources.pseudonymOf(from);
  if (pseudonym === undefined) return { pseudonym, point: undefined, facts: {} };
  const known = await points.of(pseudonym);
  const point = known?.withdrawnAtMs === undefined ? known : undefined;
  if (point) await points.seen(pseudonym, nowMs());
  const callerSafe = point?.safeToCall === true && !(await sources.hasStopped(from));
  const heard = point ? { contactOf: point.placeId } : {};
  return {
    pseudonym,
    point,
    facts: { source: pseudonym, gateway, ...heard, ...(callerSafe ? { callerSafe } : {}) },
  };
}

/**
 * The alert of a message: what was read of it, else the village of the sender. A message without words is a call for
 * help that says nothing more, as a call that rings off is (domain.md 1.3): P2 until somebody has called back.
 */
async function reportOf(
  { read, picture, nowMs }: Parts,
  text: string,
  { point }: Caller,
  { atMs }: { readonly atMs: number | undefined },
): Promise<AlertReport> {
  const placeId = point && picture().places.has(point.placeId) ? point.placeId : undefined;
  const reading = text.trim() === '' ? {} : await read(text, placeId === undefined ? {} : { placeId });
  const isPlaced = typeof reading.lon === 'number' || typeof reading.placeId === 'string';
  const category: AlertCategory = reading.category ?? 'other';
  const priority: Priority | undefined = text.trim() === '' ? 'P2' : (reading.priority ?? undefined);
  // A phone whose clock is wrong must not put an alert into another year.
  const isRecent = atMs !== undefined && Math.abs(nowMs() - atMs) < 7 * 24 * 3_600_000;
  return {
    ...reading,
    ...(isPlaced ? {} : placeId === undefined ? { precision: 'unknown' } : { placeId, precision: 'village' }),
    ...(priority ? { priority } : {}),
    ...(isRecent ? { occurredAt: new Date(Math.min(atMs, nowMs())).toISOString() } : {}),
    category,
    text,
    channel: 'sms',
    sourceGrade: point?.sourceGrade ?? 'F',
    infoGrade: 6,
  };
}

interface PartTaken {
  readonly id: string;
  readonly told: string;
  readonly caller: Caller;
  readonly message: IncomingText;
  readonly part: NonNullable<IncomingText['part']>;
}

/** A part of a long message: an alert at once, whichever part comes first; the others are put to it as they come. */
async function takePart(parts: Parts, gateway: Principal, taken: PartTaken): Promise<Taken> {
  const { id, told, caller, message, part } = taken;
  const sender = caller.pseudonym ?? '';
  const name = ['parts', message.gateway, sender, part.reference, String(part.total)];
  const bundle = { name, windowMs: partsWithinMs, newAlertId: id };
  const piece: Piece = { id, order: part.number, text: told.slice(0, maxText), atMs: parts.nowMs() };
  const report = (pieces: readonly Piece[]): Promise<AlertReport> =>
    reportOf(parts, joined(pieces), caller, { atMs: message.atMs });
  return await grow(parts, gateway, {
    ...(await gather(parts.sources, bundle, piece)),
    report,
    patch: async (pieces, alertId) => grown(parts, alertId, await report(pieces)),
    facts: caller.facts,
  });
}

function joined(pieces: readonly Piece[]): string {
  return whole(pieces.map(({ text }) => text).join(''), maxText);
}

/** What a longer text says may correct what a part of it said, until somebody has worked on the alert. */
function grown({ picture }: Parts, alertId: string, report: AlertReport): Partial<AlertReport> {
  const alert = picture().alerts.get(alertId);
  const isUntouched = alert?.history.every(({ by }) => by.role === 'feed') ?? true;
  const { channel: _channel, sourceGrade: _source, infoGrade: _info, occurredAt: _at, ...read } = report;
  return isUntouched ? read : { text: report.text };
}

interface Growing {
  readonly alertId: string;
  readonly pieces: readonly Piece[];
  readonly report: (pieces: readonly Piece[]) => Promise<AlertReport>;
  readonly patch: (pieces: readonly Piece[], alertId: string) => Promise<Partial<AlertReport>>;
  readonly facts: AlertFacts;
}

/**
 * Makes the alert of what has come so far, or brings it up to date. Looks again after each change: what another server
 * took meanwhile must not be written over by what was known before.
 */
async function grow(parts: Parts, gateway: Principal, growing: Growing): Promise<Taken> {
  const { alertId, report, patch, facts } = growing;
  let { pieces } = growing;
  const raised = await parts.intake.raise(gateway, { id: alertId, report: await report(pieces), facts });
  let written = raised.isNew ? pieces.length : 0;
  for (let pass = 0; pass < 10 && written !== pieces.length; pass++) {
    const ids = pieces.map(({ id }) => id);
    const changeId = `${parts.sources.digest('pieces', ...ids)} ${pass}`;
    const heard = facts.contactOf === undefined ? {} : { facts: { contactOf: facts.contactOf } };
    const change = { id: alertId, patch: await patch(pieces, alertId), changeId };
    await parts.intake.change(gateway, { ...change, ...heard });
    written = pieces.length;
    pieces = await piecesOf(parts.sources.shelf, alertId);
  }
  return raised;
}
