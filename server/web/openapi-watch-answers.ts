import type { CrisesOut, CrisisOut, DecisionOut } from '../../shared/model/crisis.ts';
import type { BriefItem, HandoverOut, HandoverUnread } from '../../shared/model/handover.ts';
import type {
  ArrivalFigures,
  ChannelFigures,
  Counted,
  ImpactGroup,
  ImpactOut,
  SegmentFigures,
  Share,
} from '../../shared/model/impact.ts';
import type { RumourAnswerOut, RumourOut, RumoursOut } from '../../shared/model/rumour.ts';
import { rumourStatuses } from '../../shared/model/rumour-lists.ts';
import type { LogLine, LogPage } from '../../shared/model/watch-log.ts';
import type { RecordRef, ReportFigure, ReportOut, ReportSection } from '../../shared/model/report.ts';
import { reportKinds, reportLanguages } from '../../shared/model/report.ts';
import { logLinkKinds } from '../../shared/model/watch-log.ts';
import { ref, text, time, type JsonSchema } from './openapi-shape.ts';

type Fields<T> = { readonly [K in keyof Required<T>]: JsonSchema };
type Needed<T> = { [K in keyof T]-?: undefined extends T[K] ? never : K }[keyof T];

function objectOf<T>(properties: Fields<T>, required: ReadonlyArray<Needed<T>>): JsonSchema {
  return { type: 'object', properties, required };
}
const listOf = (items: JsonSchema): JsonSchema => ({ type: 'array', items });
const link: JsonSchema = {
  type: 'object',
  properties: { kind: { type: 'string', enum: [...logLinkKinds] }, id: text },
  required: ['kind', 'id'],
};

const logLine = objectOf<LogLine>(
  {
    id: text,
    at: time,
    dtg: { ...text, description: 'date-time group, 221640Z NOV 26' },
    by: text,
    role: text,
    source: { type: 'string', enum: ['note', 'drafted'] },
    what: { ...text, description: 'what happened, as the record calls it' },
    text,
    links: listOf(link),
    corrects: text,
    correctedBy: listOf(text),
  },
  ['id', 'at', 'dtg', 'by', 'role', 'source', 'what', 'text', 'links'],
);

const record = objectOf<RecordRef>(
  { kind: { type: 'string', enum: ['alert', 'unit', 'threat', 'rumour', 'place'] }, id: text, label: text },
  ['kind', 'id', 'label'],
);
const figure = objectOf<ReportFigure>(
  {
    id: text,
    label: text,
    value: {
      anyOf: [{ type: 'number' }, { type: 'null' }],
      description: 'null: so small a number points at people and is not given',
    },
    records: listOf(record),
  },
  ['id', 'label', 'value', 'records'],
);
const section = objectOf<ReportSection>(
  {
    id: text,
    title: text,
    text,
    edited: { type: 'boolean', description: 'a person wrote the text' },
    figures: listOf(figure),
    records: listOf(record),
  },
  ['id', 'title', 'text', 'figures', 'records'],
);
const report = objectOf<ReportOut>(
  {
    id: text,
    kind: { type: 'string', enum: [...reportKinds] },
    lang: { type: 'string', enum: [...reportLanguages] },
    title: text,
    serial: text,
    state: { type: 'string', enum: ['draft', 'signed'] },
    version: { type: 'integer', minimum: 1 },
    classification: text,
    exercise: { type: 'boolean', const: true },
    mission: text,
    at: time,
    dtg: text,
    signedBy: text,
    alertId: text,
    date: text,
    sector: text,
    nextUpdateAt: time,
    sections: listOf(section),
  },
  [
    'id',
    'kind',
    'lang',
    'title',
    'serial',
    'state',
    'version',
    'classification',
    'mission',
    'at',
    'dtg',
    'sections',
  ],
);

const item = objectOf<BriefItem>(
  {
    id: { ...text, description: 'of what it is about' },
    text,
    over: { type: 'boolean' },
    leftS: { type: 'number', description: 'seconds left of the target; negative: over' },
  },
  ['id', 'text'],
);
const signature: JsonSchema = {
  type: 'object',
  properties: { by: text, role: text, at: time, dtg: text },
  required: ['by', 'role', 'at', 'dtg'],
};
const handover = objectOf<HandoverOut>(
  {
    id: text,
    at: time,
    notes: text,
    outgoing: signature,
    incoming: signature,
    crisis: text,
    openAlerts: listOf(item),
    overdue: listOf(item),
    expiringThreats: listOf(item),
    decisions: listOf(item),
    staleUnits: listOf(item),
    silentFeeds: listOf(item),
    silentVillages: listOf(item),
    openRumours: listOf(item),
    unread: {
      ...objectOf<HandoverUnread>(
        { since: time, lines: listOf(ref('LogLine')), more: { type: 'boolean', const: true } },
        ['since', 'lines'],
      ),
      description: 'on a draft: what you have not seen since you last handed over',
    },
  },
  [
    ...(['at', 'notes', 'openAlerts', 'overdue', 'expiringThreats', 'decisions'] as const),
    ...(['staleUnits', 'silentFeeds', 'silentVillages', 'openRumours'] as const),
  ],
);

const status: JsonSchema = { type: 'string', enum: [...rumourStatuses] };
const rumour = objectOf<RumourOut>(
  {
    id: text,
    claim: text,
    spread: text,
    status,
    alertId: text,
    raisedAt: time,
    raisedBy: text,
    answers: listOf(
      objectOf<RumourAnswerOut>({ at: time, by: text, answer: text, status }, [
        'at',
        'by',
        'answer',
        'status',
      ]),
    ),
  },
  ['id', 'claim', 'spread', 'status', 'raisedAt', 'raisedBy', 'answers'],
);
const template: JsonSchema = {
  type: 'object',
  properties: { id: text, text },
  required: ['id', 'text'],
};
const rumours = objectOf<RumoursOut>(
  {
    rumours: listOf(ref('Rumour')),
    templates: { type: 'object', additionalProperties: listOf(template), description: 'by language' },
  },
  ['rumours', 'templates'],
);

const decision = objectOf<DecisionOut>(
  { id: text, what: text, who: text, when: time, onWhat: text, loggedAt: time, loggedBy: text },
  ['id', 'what', 'who', 'when', 'onWhat', 'loggedAt', 'loggedBy'],
);
const crisis = objectOf<CrisisOut>(
  {
    id: text,
    name: text,
    since: time,
    reason: text,
    startedBy: text,
    endedAt: time,
    endedBy: text,
    endReason: text,
    decisions: listOf(decision),
  },
  ['id', 'name', 'since', 'reason', 'startedBy', 'decisions'],
);
const crises = objectOf<CrisesOut>({ on: { type: 'boolean' }, crises: listOf(crisis) }, ['on', 'crises']);

const figures = objectOf<SegmentFigures>(
  {
    count: { type: 'integer' },
    medianS: { anyOf: [{ type: 'number' }, { type: 'null' }] },
    p90S: { anyOf: [{ type: 'number' }, { type: 'null' }] },
  },
  ['count', 'medianS', 'p90S'],
);
const share: JsonSchema = { anyOf: [{ type: 'number', minimum: 0, maximum: 1 }, { type: 'null' }] };
const group = objectOf<ImpactGroup>(
  {
    key: text,
    received: { type: 'integer' },
    actionable: { type: 'integer' },
    responded: { type: 'integer' },
    rate: share,
    segments: { type: 'object', additionalProperties: figures, description: 'by the name of the segment' },
  },
  ['key', 'received', 'actionable', 'responded', 'rate', 'segments'],
);
const shareOf = objectOf<Share>({ count: { type: 'integer' }, of: { type: 'integer' }, rate: share }, [
  'count',
  'of',
  'rate',
]);
const arrivals = objectOf<ArrivalFigures>(
  {
    count: { type: 'integer' },
    medianS: { anyOf: [{ type: 'number' }, { type: 'null' }] },
    p90S: { anyOf: [{ type: 'number' }, { type: 'null' }] },
    withinBand: shareOf,
  },
  ['count', 'medianS', 'p90S', 'withinBand'],
);
const channel = objectOf<ChannelFigures>(
  { name: text, received: { type: 'integer' }, false: { type: 'integer' }, merged: { type: 'integer' } },
  ['name', 'received', 'false', 'merged'],
);
const counted = listOf(objectOf<Counted>({ name: text, count: { type: 'integer' } }, ['name', 'count']));
const impact = objectOf<ImpactOut>(
  {
    from: time,
    to: time,
    sector: text,
    zone: text,
    definitions: { type: 'object', additionalProperties: text, description: 'what each figure means' },
    all: group,
    bySector: listOf(group),
    byHour: listOf(group),
    byMonth: listOf(group),
    beforeHarm: shareOf,
    decidedInTime: { type: 'object', properties: { P1: shareOf, P2: shareOf }, required: ['P1', 'P2'] },
    flashInTime: shareOf,
    toldInTime: { ...shareOf, description: 'nothing below five callers' },
    arrivals: { ...arrivals, description: 'how far arrivals lay from when they were first expected' },
    byChannel: listOf(channel),
    noResponse: counted,
    refusals: counted,
    outcomes: counted,
    harms: counted,
    restricted: {
      ...listOf({
        type: 'object',
        properties: { month: text, count: { anyOf: [{ type: 'integer' }, { type: 'null' }] } },
        required: ['month', 'count'],
      }),
      description: 'restricted incidents by complete calendar months; null below five',
    },
  },
  [
    ...(['from', 'to', 'zone', 'definitions', 'all', 'bySector', 'byHour', 'byMonth'] as const),
    ...(['beforeHarm', 'decidedInTime', 'flashInTime', 'toldInTime', 'arrivals', 'byChannel'] as const),
    ...(['noResponse', 'refusals', 'outcomes', 'harms'] as const),
  ],
);

/** What the watch answers. */
export const watchAnswerSchemas: Readonly<Record<string, JsonSchema>> = {
  LogLine: { ...logLine, description: 'A line of the watch log.' },
  Report: { ...report, description: 'A report as the caller may read it.' },
  Handover: { ...handover, description: 'A handover of the shift, or its draft.' },
  Rumour: { ...rumour, description: 'What is said, and what has been verified.' },
  Rumours: { ...rumours, description: 'Rumours, newest first, and texts to begin an answer with.' },
  Crises: {
    ...crises,
    description: 'Whether a crisis is on, and the register of all of them, newest first.',
  },
  Impact: { ...impact, description: 'What alerts can tell of how the mission protects.' },
  LogPage: {
    ...objectOf<LogPage>({ at: time, lines: listOf(ref('LogLine')), next: text }, ['at', 'lines']),
    description: 'A page of the watch log, newest first.',
  },
};
