import { createHash } from 'node:crypto';
import { Router } from 'express';
import { Failure } from '../../../shared/failure.ts';
import { geometryCentre } from '../../../shared/geo/area.ts';
import { distanceM } from '../../../shared/geo/distance.ts';
import type { AlertReport } from '../../../shared/model/alert.ts';
import type { Geometry } from '../../../shared/model/threat.ts';
import type { Principal } from '../../../shared/role.ts';
import { servicePrincipal } from '../../ingest/heartbeat.ts';
import type { IntakeDoor } from '../../ingest/intake.ts';
import { mustMay } from '../../ingest/may.ts';
import type { ThreatsDoor } from '../../ingest/threats.ts';
import type { Picture } from '../../picture/picture.ts';
import { bodyText, bytesUpTo } from '../../web/bodies.ts';
import { callerOf, signedIn, type WhoAsks } from '../../web/who-asks.ts';
import type { ReadMessage } from '../sms/messages.ts';
import {
  categoryOf,
  priorityOf,
  readCap,
  threatLevelsOf,
  type CapInfo,
  type CapMessage,
} from './cap-message.ts';
import { checkSignature, type CapSignature } from './cap-signature.ts';

interface Parts {
  readonly whoAsks: WhoAsks;
  readonly intake: IntakeDoor;
  readonly threats: ThreatsDoor;
  readonly read: ReadMessage;
  readonly picture: () => Picture;
  /** PEM of those whose signatures count. */
  readonly certificates: readonly string[];
  readonly signedOnly: boolean;
  /** Keeps which alert a message belongs to, so that updates of updates find it. */
  readonly shelf: {
    get(key: string): Promise<Uint8Array | undefined>;
    put(key: string, value: Uint8Array): Promise<void>;
  };
}

export interface CapAnswer {
  readonly alertId?: string;
  readonly threatId?: string;
  readonly signature: CapSignature;
  readonly what: 'raised' | 'changed' | 'cancelled' | 'duplicate' | 'ignored';
}

/**
 * `POST /intake/cap`: CAP 1.2. An alert, and a threat area where the message draws one. An update changes both, a
 * cancellation ends the area and says so in the alert, whose state people move. Tests, drafts and exercises are ignored.
 */
export function capRoutes(parts: Parts): Router {
  const routes = Router();
  const may = (principal: Principal): void => mustMay(principal, 'bring-messages', 'bring messages');
  routes.post('/intake/cap', signedIn(parts.whoAsks, may), bytesUpTo(512_000), async (request, response) => {
    response.json(await takeCap(parts, callerOf(response), bodyText(request)));
  });
  return routes;
}

async function takeCap(parts: Parts, gateway: Principal, xml: string): Promise<CapAnswer> {
  const given = readCap(xml);
  const { signature, signed } = checkSignature(xml, parts.certificates);
  if (signature === 'wrong') {
    throw new Failure(
      'field-invalid',
      'the signature is not that of a known sender, or the message was changed',
      {
        field: 'Signature',
      },
    );
  }
  if (signature !== 'verified' && parts.signedOnly)
    throw new Failure('field-missing', 'this mission takes signed CAP messages only', { field: 'Signature' });
  const message = signed === undefined ? given : readCap(signed);
  const isReal = message.status === 'Actual' && ['Alert', 'Update', 'Cancel'].includes(message.msgType);
  if (!isReal) return { what: 'ignored', signature };
  const own = keyOf(`${message.sender},${message.identifier}`);
  const before = await alertOf(parts, [own]);
  const root = before ??
    (await alertOf(parts, message.references.map(keyOf))) ?? { alertId: `cap-${own}`, isKnown: false };
  const { alertId } = root;
  const report = await reportOf(parts, message, signature);
  if (!root.isKnown) {
    const { isNew } = await parts.intake.raise(gateway, { id: alertId, report });
    await parts.shelf.put(`cap/${own}`, new TextEncoder().encode(alertId));
    const threatId = await drawn(parts, alertId, message);
    return { what: isNew ? 'raised' : 'duplicate', alertId, ...threatId, signature };
  }
  if (before) return { what: 'duplicate', alertId, signature };
  const patch = message.msgType === 'Cancel' ? cancelled(parts, alertId, message) : changed(report);
  await parts.intake.change(gateway, { id: alertId, patch, changeId: own });
  const threatId = await drawn(parts, alertId, message);
  await parts.shelf.put(`cap/${own}`, new TextEncoder().encode(alertId));
  return { what: message.msgType === 'Cancel' ? 'cancelled' : 'changed', alertId, ...threatId, signature };
}

/** The alert that one of these messages made or changed. */
async function alertOf(
  { shelf, picture }: Parts,
  keys: readonly string[],
): Promise<{ alertId: string; isKnown: boolean } | undefined> {
  for (const key of keys) {
    const kept = await shelf.get(`cap/${key}`);
    const alertId = kept ? new TextDecoder().decode(kept) : `cap-${key}`;
    if (picture().alerts.has(alertId)) return { alertId, isKnown: true };
  }
  return undefined;
}

function keyOf(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 40);
}

const unknownInfo: CapInfo = {
  ...{ language: '', categories: [], event: '', urgency: '', severity: '', certainty: '' },
  ...{ texts: [], areas: [], onsetMs: undefined, expiresMs: undefined },
};

/** Languages say the same: what is not words is taken from the first that has it. */
async function reportOf({ read }: Parts, message: CapMessage, signature: CapSignature): Promise<AlertReport> {
  const info = message.infos[0] ?? unknownInfo;
  const text = message.infos
    .map(({ language, event, texts }) => [`[${language}] ${event}`, ...texts].join('\n'))
    .join('\n\n')
    .slice(0, 9_000);
  const words = await read(text, {});
  const place = placeOf(message);
  return {
    ...words,
    ...place,
    category: categoryOf(info) ?? words.category ?? 'other',
    priority: priorityOf(info),
    text: text === '' ? message.note : text,
    channel: 'cap',
    sourceGrade: signature === 'verified' ? 'B' : 'F',
    infoGrade: info.certainty === 'Observed' ? 2 : info.certainty === 'Likely' ? 3 : 6,
    ...(info.onsetMs === undefined ? {} : { occurredAt: new Date(info.onsetMs).toISOString() }),
  };
}

function changed(report: AlertReport): Partial<AlertReport> {
  const { channel: _channel, ...patch } = report;
  return patch;
}

function cancelled({ picture }: Parts, alertId: string, { note }: CapMessage): Partial<AlertReport> {
  const known = picture().alerts.get(alertId)?.report.text ?? '';
  return { text: `${known}\n\n[CAP Cancel] ${note}`.slice(0, 10_000) };
}

function placeOf(message: CapMessage): Partial<AlertReport> {
  const areas = message.infos.flatMap((info) => info.areas);
  const placeName = areas.find(({ name }) => name !== '')?.name.slice(0, 120);
  const named = placeName === undefined ? {} : { placeName };
  const circle = areas.flatMap(({ circles }) => circles)[0];
  if (circle) {
    const { lon, lat } = circle;
    return { ...named, lon, lat, radiusM: Math.min(200_000, circle.radiusM), precision: 'area' };
  }
  const ring = areas.flatMap(({ polygons }) => polygons)[0];
  if (!ring) return named;
  const [lon, lat] = geometryCentre({ type: 'Polygon', coordinates: [ring.map(([x, y]) => [x, y])] });
  const radiusM = Math.max(...ring.map(([x, y]) => distanceM(lon, lat, x, y)));
  return { ...named, lon, lat, radiusM: Math.min(200_000, radiusM), precision: 'area' };
}

/** Draws, changes or ends the area of danger that goes with the alert. */
async function drawn(
  { threats, picture }: Parts,
  alertId: string,
  message: CapMessage,
): Promise<{ threatId?: string }> {
  const id = `${alertId}-area`;
  const known = picture().threats.get(id);
  if (message.msgType === 'Cancel') {
    if (known && known.endedAtMs === undefined) await threats.end(servicePrincipal, id);
    return {};
  }
  const info = message.infos.find(({ areas }) => areas.length > 0);
  const shape = info && shapeOf(info);
  if (!info || !shape) return {};
  const body = {
    ...shape,
    kind: (info.event || 'CAP').slice(0, 60),
    ...threatLevelsOf(info),
    ...(info.onsetMs === undefined ? {} : { validFrom: new Date(info.onsetMs).toISOString() }),
    ...(info.expiresMs === undefined || info.expiresMs <= (info.onsetMs ?? 0)
      ? {}
      : { validTo: new Date(info.expiresMs).toISOString() }),
  };
  if (known && known.endedAtMs === undefined) await threats.change(servicePrincipal, id, body);
  else if (!known) await threats.raise(servicePrincipal, { id, ...body });
  return { threatId: id };
}

function shapeOf({ areas }: CapInfo): { geometry: Geometry; radiusM?: number } | undefined {
  const circle = areas.flatMap(({ circles }) => circles)[0];
  if (circle) {
    const geometry: Geometry = { type: 'Point', coordinates: [circle.lon, circle.lat] };
    return { geometry, radiusM: Math.min(500_000, circle.radiusM) };
  }
  const ring = areas.flatMap(({ polygons }) => polygons)[0];
  return ring && { geometry: { type: 'Polygon', coordinates: [ring.map(([lon, lat]) => [lon, lat])] } };
}
