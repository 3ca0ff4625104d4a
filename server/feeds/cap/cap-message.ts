import { XMLParser } from 'fast-xml-parser';
import { Failure } from '../../../shared/failure.ts';
import type { AlertCategory, Priority } from '../../../shared/model/alert-lists.ts';
import { parseTime } from '../../ingest/parse-time.ts';

/** One `<info>` of a CAP message, in one language. */
export interface CapInfo {
  readonly language: string;
  readonly categories: readonly string[];
  readonly event: string;
  readonly urgency: string;
  readonly severity: string;
  readonly certainty: string;
  readonly texts: readonly string[];
  readonly areas: readonly CapArea[];
  readonly onsetMs: number | undefined;
  readonly expiresMs: number | undefined;
}

/** lon, lat in GeoJSON's order: CAP writes lat,lon. */
export interface CapArea {
  readonly name: string;
  readonly polygons: ReadonlyArray<ReadonlyArray<readonly [lon: number, lat: number]>>;
  readonly circles: ReadonlyArray<{ readonly lon: number; readonly lat: number; readonly radiusM: number }>;
}

export interface CapMessage {
  readonly identifier: string;
  readonly sender: string;
  readonly sent: string;
  readonly status: string;
  readonly msgType: string;
  readonly note: string;
  /** `sender,identifier` of the messages that this one updates or cancels. */
  readonly references: readonly string[];
  readonly infos: readonly CapInfo[];
}

const namespace = 'urn:oasis:names:tc:emergency:cap:1.2';
const deepest = 40;

const parser = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: true,
  processEntities: true,
  htmlEntities: true,
});

type Node = Readonly<Record<string, unknown>>;

/**
 * Reads a CAP 1.2 message (OASIS Standard CAP-v1.2, 1 July 2010, section 3.2). A document type, and with it every
 * entity that is not one of XML's own, is refused before anything is parsed: no file is read and nothing grows.
 */
export function readCap(xml: string): CapMessage {
  if (/<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.test(xml))
    throw new Failure('bad-body', 'a document type or entities are not taken');
  if (!xml.includes(namespace)) throw new Failure('bad-body', `the body is no CAP 1.2 (${namespace})`);
  mustBeShallow(xml);
  const alert = node(node(parsed(xml))['alert']);
  const needed = (field: string): string => {
    const value = textOf(alert[field]);
    if (value !== '') return value;
    throw new Failure('field-missing', `${field} is missing`, { field });
  };
  const identifier = needed('identifier');
  const sender = needed('sender');
  return {
    identifier: identifier.slice(0, 500),
    sender: sender.slice(0, 500),
    sent: needed('sent').slice(0, 60),
    status: needed('status'),
    msgType: needed('msgType'),
    note: textOf(alert['note']),
    references: textOf(alert['references'])
      .split(/\s+/)
      .map((one) => one.split(',').slice(0, 2).join(','))
      .filter((one) => one.includes(','))
      .slice(0, 100),
    infos: list(alert['info']).slice(0, 20).map(infoOf),
  };
}

function parsed(xml: string): unknown {
  try {
    return parser.parse(xml, true);
  } catch {
    throw new Failure('bad-body', 'the body is not well-formed XML');
  }
}

/** Nesting is counted before parsing, which follows it down. */
function mustBeShallow(xml: string): void {
  let depth = 0;
  for (const [tag] of xml.matchAll(/<\/?[\p{L}_][^<>]*>/gu)) {
    if (tag.startsWith('</')) depth--;
    else if (!tag.endsWith('/>')) depth++;
    if (depth > deepest) throw new Failure('bad-body', 'the XML is nested too deeply');
  }
}

function node(value: unknown): Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Node) : {};
}

function list(value: unknown): readonly Node[] {
  const all: unknown[] = value === undefined ? [] : Array.isArray(value) ? value : [value];
  return all.map(node);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 8_000).toWellFormed() : '';
}

function texts(value: unknown): readonly string[] {
  const all: unknown[] = Array.isArray(value) ? value : [value];
  return all.map(textOf).filter((text) => text !== '');
}

function infoOf(info: Node): CapInfo {
  const written = ['headline', 'description', 'instruction', 'contact'].map((field) => textOf(info[field]));
  return {
    language: textOf(info['language']) || 'en-US',
    categories: texts(info['category']),
    event: textOf(info['event']),
    urgency: textOf(info['urgency']),
    severity: textOf(info['severity']),
    certainty: textOf(info['certainty']),
    texts: written.filter((text) => text !== ''),
    areas: list(info['area']).slice(0, 50).map(areaOf),
    onsetMs: parseTime(textOf(info['onset']) || textOf(info['effective'])),
    expiresMs: parseTime(textOf(info['expires'])),
  };
}

function areaOf(area: Node): CapArea {
  return {
    name: textOf(area['areaDesc']),
    polygons: texts(area['polygon']).flatMap((text) => {
      const points = text.split(/\s+/).flatMap((pair) => {
        const point = pointOf(pair);
        return point ? [point] : [];
      });
      const [first, last] = [points[0], points.at(-1)];
      const isRing =
        points.length >= 4 && points.length <= 5_000 && first?.[0] === last?.[0] && first?.[1] === last?.[1];
      return isRing ? [points] : [];
    }),
    circles: texts(area['circle']).flatMap((text) => {
      const [pair = '', km = ''] = text.split(/\s+/);
      const point = pointOf(pair);
      const radiusM = Number(km) * 1_000;
      return point && radiusM >= 0 ? [{ lon: point[0], lat: point[1], radiusM }] : [];
    }),
  };
}

/** CAP writes a point as `lat,lon`. */
function pointOf(pair: string): readonly [number, number] | undefined {
  if (!/^[-+\d.]+,[-+\d.]+$/.test(pair)) return undefined;
  const [lat = NaN, lon = NaN] = pair.split(',').map(Number);
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? [lon, lat] : undefined;
}

/**
 * Priority from the three scales of CAP-v1.2 section 3.2.2. urgency: Immediate ("responsive action SHOULD be taken
 * immediately"), Expected ("within next hour"), Future, Past, Unknown. severity: Extreme, Severe, Moderate, Minor,
 * Unknown. certainty: Observed, Likely ("p > ~50%"), Possible, Unlikely, Unknown. What is unknown counts as in the middle:
 * an unknown danger is none the smaller.
 */
export function priorityOf({ urgency, severity, certainty }: CapInfo): Priority {
  if (urgency === 'Past' || severity === 'Minor') return 'P4';
  const base = urgency === 'Immediate' ? 1 : urgency === 'Future' ? 3 : 2;
  const less =
    (severity === 'Extreme' || severity === 'Severe' ? 0 : 1) +
    (certainty === 'Unlikely' ? 2 : certainty === 'Observed' || certainty === 'Likely' ? 0 : 1);
  return (['P1', 'P2', 'P3', 'P4'] as const)[Math.min(3, base - 1 + less)] ?? 'P4';
}

/** CAP's categories (section 3.2.2) that have one meaning here; of the others the words decide. */
export function categoryOf({ categories }: CapInfo): AlertCategory | undefined {
  if (categories.some((one) => ['Geo', 'Met', 'Fire', 'Env'].includes(one))) return 'natural-hazard';
  return categories.includes('CBRNE') ? 'explosive-hazard' : undefined;
}

/** Likelihood 1 to 5 of certainty, impact 1 to 5 of severity. */
export function threatLevelsOf({ certainty, severity }: CapInfo): { likelihood: number; impact: number } {
  const likelihood: Readonly<Record<string, number>> = { Observed: 5, Likely: 4, Possible: 3, Unlikely: 1 };
  const impact: Readonly<Record<string, number>> = { Extreme: 5, Severe: 4, Moderate: 3, Minor: 1 };
  return { likelihood: likelihood[certainty] ?? 3, impact: impact[severity] ?? 3 };
}
