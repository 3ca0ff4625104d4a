import type { ActivityOut } from '../../shared/model/activity.ts';
import { alertStates, steps } from '../../shared/model/alert-steps.ts';
import {
  alertCategories,
  channels,
  precisions,
  priorities,
  protectionIncident,
  restrictedClasses,
  escalationLevels,
  segmentNames,
  taskStates,
  verifications,
} from '../../shared/model/alert-lists.ts';
import {
  type AlertEvent,
  type AlertOut,
  alertHappenings,
  type EscalationOut,
  type PrewarningOut,
  type SegmentOut,
  type TaskOut,
} from '../../shared/model/alert.ts';
import type { PositionsAnswer, RejectedItem } from '../../shared/model/position.ts';
import { offWayReasons } from '../../shared/model/way-lists.ts';
import type { ThreatOut } from '../../shared/model/threat.ts';
import { unitStates, type UnitOut } from '../../shared/model/unit.ts';
import type { Heartbeat, PatrolOut, PictureOut } from '../../shared/picture/picture.ts';
import { failures, type FailureBody } from '../../shared/failure.ts';
import { idText, ref, text, time, type JsonSchema } from './openapi-shape.ts';

/** A schema for every field of a type: a field that is added there is missed here by the compiler. */
type Fields<T> = { readonly [K in keyof Required<T>]: JsonSchema };
type Needed<T> = { [K in keyof T]-?: undefined extends T[K] ? never : K }[keyof T];

export function objectOf<T>(properties: Fields<T>, required: ReadonlyArray<Needed<T>>): JsonSchema {
  return { type: 'object', properties, required };
}

const number: JsonSchema = { type: 'number' };
const count: JsonSchema = { type: 'integer', minimum: 0 };
const truth: JsonSchema = { type: 'boolean' };
const oneOf = (values: readonly string[]): JsonSchema => ({ type: 'string', enum: values });
export const listOf = (items: JsonSchema): JsonSchema => ({ type: 'array', items });
const orNull = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }] });
const mayBeAbsent = 'Fields that the caller may not see are absent.';

const unit = objectOf<UnitOut>(
  {
    id: idText,
    kind: text,
    callsign: text,
    sector: text,
    lon: orNull(number),
    lat: orNull(number),
    time: orNull(time),
    receivedAt: orNull(time),
    courseDeg: number,
    speedMps: number,
    altitudeM: number,
    accuracyM: number,
    batteryPct: number,
    clockAheadS: { type: 'number', description: 'how far the clock of the device is ahead' },
    reportEveryS: number,
    staleAfterS: number,
    state: { ...oneOf(unitStates), description: 'at the `at` of the answer' },
    ageS: orNull(number),
    capabilities: listOf(text),
    unregistered: { type: 'boolean', const: true },
    plain: { type: 'boolean', const: true, description: 'shown without detail: not one of your own' },
  },
  ['id', 'kind', 'lon', 'lat', 'time', 'receivedAt', 'reportEveryS', 'staleAfterS', 'state', 'ageS'],
);

const segment = objectOf<SegmentOut>(
  {
    segment: oneOf(segmentNames),
    startedAt: time,
    endedAt: time,
    targetS: number,
    elapsedS: number,
    over: truth,
  },
  ['segment', 'startedAt', 'elapsedS', 'over'],
);

const task = objectOf<TaskOut>(
  {
    unit: idText,
    state: oneOf(taskStates),
    offeredAt: time,
    changedAt: time,
    order: text,
    reason: text,
    expected: {
      type: 'object',
      description: 'when it was last expected, found at `at`',
      properties: {
        at: time,
        arrival: {
          type: 'object',
          properties: { best: time, likely: time, worst: time },
          required: ['best', 'likely', 'worst'],
        },
        distanceM: number,
        via: oneOf(['road', 'foot', 'air']),
      },
      required: ['at', 'arrival', 'distanceM', 'via'],
    },
    offWay: {
      type: 'object',
      description: 'it seems not to come, or not to stay, for ten minutes: an alarm',
      properties: { why: oneOf(offWayReasons), since: time, at: time },
      required: ['why', 'since', 'at'],
    },
    seemsThereSince: { ...time, description: 'since when its fixes lie at the place; a person confirms' },
  },
  ['unit', 'state', 'offeredAt', 'changedAt'],
);

const escalation = objectOf<EscalationOut>(
  {
    id: idText,
    segment: oneOf(segmentNames),
    level: oneOf(escalationLevels),
    at: time,
    answeredAt: time,
    answeredBy: text,
  },
  ['id', 'segment', 'level', 'at'],
);

const alertEvent = objectOf<AlertEvent>(
  {
    what: oneOf([...alertHappenings, ...steps]),
    at: time,
    by: text,
    role: text,
    detail: { type: 'object' },
  },
  ['what', 'at', 'by', 'role'],
);

const alert = objectOf<AlertOut>(
  {
    id: idText,
    number: { type: 'string', description: 'number for people, ALT-sector-YYMMDD-nn' },
    category: oneOf([...alertCategories, protectionIncident]),
    priority: oneOf(priorities),
    state: oneOf(alertStates),
    verification: oneOf(verifications),
    receivedAt: time,
    changedAt: time,
    text,
    textErasedAt: { ...time, description: 'when what the caller said was erased, for ever' },
    textUnreadable: { type: 'boolean', const: true, description: 'there is a text, and no key to it here' },
    channel: oneOf(channels),
    lon: number,
    lat: number,
    radiusM: { type: 'number', description: 'radius of the area meant, where the place is not exact' },
    placeId: idText,
    placeName: text,
    precision: oneOf(precisions),
    occurredAt: time,
    sourceGrade: text,
    infoGrade: number,
    restricted: oneOf(restrictedClasses),
    sector: text,
    clock: { type: 'object', properties: { segments: listOf(segment) }, required: ['segments'] },
    tasks: listOf(task),
    prewarned: {
      ...listOf(objectOf<PrewarningOut>({ unit: idText, at: time, by: text }, ['unit', 'at'])),
      description: 'units told to be ready; a patrol sees its own',
    },
    allowed: { ...listOf(oneOf(steps)), description: 'the steps that you may take now' },
    owner: text,
    escalations: { ...listOf(escalation), description: 'levels called because a segment ran over' },
    history: listOf(alertEvent),
    outcome: text,
    harm: text,
    reason: text,
    mergedInto: idText,
    mergedFrom: { ...listOf(idText), description: 'alerts that were merged into this one' },
    possibleDuplicates: {
      ...listOf(idText),
      description:
        'open alerts within two hours and of about the same place, at most eight; restricted ones to advisers only, and among themselves',
    },
    callers: {
      ...number,
      description: 'independent callers of this alert, of those merged into it and of possible duplicates',
    },
    suggestedInfoGrade: {
      ...number,
      description: 'what so many callers speak for; PATCH infoGrade takes it',
    },
    referredTo: text,
    monitorUntil: time,
    rumourId: { ...idText, description: 'the rumour that it was marked as; its clock goes on' },
    flashSentAt: { ...time, description: 'when its last flash report was signed' },
    source: { ...text, description: 'pseudonym of the caller' },
    calls: { ...number, description: 'how often the caller rang' },
    signal: { type: 'object', description: 'kind and bearings of a bell, whistle or flare' },
    reading: {
      type: 'object',
      description: 'what was read of the text by rule: place, category, urgency, with confidence',
    },
    callerSafe: { type: 'boolean', const: true, description: 'the caller may be told what became of it' },
    feedback: { ...listOf({ type: 'object' }), description: 'what the caller was told' },
  },
  [
    'id',
    'category',
    'priority',
    'state',
    'receivedAt',
    'changedAt',
    'precision',
    'clock',
    'tasks',
    'allowed',
  ],
);

const threat = objectOf<ThreatOut>(
  {
    id: idText,
    kind: text,
    geometry: { type: 'object', description: 'GeoJSON Point, LineString or Polygon' },
    radiusM: number,
    actor: text,
    level: { type: 'integer', minimum: 1, maximum: 25, description: 'likelihood × impact' },
    likelihood: number,
    impact: number,
    sourceGrade: text,
    infoGrade: number,
    validFrom: time,
    validTo: time,
    text,
    sector: text,
    raisedAt: time,
    changedAt: time,
    endedAt: time,
  },
  ['id', 'kind', 'geometry', 'level', 'raisedAt', 'changedAt'],
);

const picture = objectOf<PictureOut>(
  {
    cursor: { type: 'string', description: '`epoch.seq`: how much of the record is in this' },
    at: { ...time, description: 'server time; ages, states and clocks are as at this time' },
    units: listOf(ref('Unit')),
    patrols: listOf(objectOf<PatrolOut>({ id: idText }, ['id'])),
    alerts: listOf(ref('Alert')),
    threats: listOf(ref('Threat')),
    places: listOf(ref('Place')),
    heartbeat: objectOf<Heartbeat>({ time, receivedAt: time }, ['time', 'receivedAt']),
    restrictedOpen: {
      ...orNull(count),
      description:
        'restricted alerts open when the hour began, in steps of five, where you may know no more; null below 5',
    },
  },
  ['cursor', 'at', 'units', 'patrols', 'alerts', 'threats', 'places'],
);

const rejectedItem = objectOf<RejectedItem>(
  {
    index: { ...count, description: 'place in the batch as it was sent' },
    code: text,
    field: text,
    message: text,
  },
  ['index', 'code', 'field', 'message'],
);

const positionsAnswer = objectOf<PositionsAnswer>(
  { accepted: count, duplicates: count, rejected: listOf(rejectedItem) },
  ['accepted', 'duplicates', 'rejected'],
);

const failure = objectOf<FailureBody>(
  {
    error: objectOf<FailureBody['error']>(
      { code: oneOf(Object.keys(failures)), message: text, field: text, details: { type: 'object' } },
      ['code', 'message'],
    ),
  },
  ['error'],
);

const activity = objectOf<ActivityOut>(
  {
    at: time,
    from: { ...time, description: 'when the first quarter began' },
    stepS: number,
    fixes: listOf(count),
    alerts: {
      type: 'object',
      properties: Object.fromEntries(priorities.map((priority) => [priority, listOf(count)])),
      required: priorities,
    },
  },
  ['at', 'from', 'stepS', 'alerts'],
);

/** What comes out: these have types and no zod schemas, because nothing that leaves is parsed. */
export const answerSchemas: Readonly<Record<string, JsonSchema>> = {
  Unit: { ...unit, description: `A unit as the caller may see it. ${mayBeAbsent}` },
  Alert: { ...alert, description: `An alert as the caller may see it. ${mayBeAbsent}` },
  Threat: { ...threat, description: `A threat as the caller may see it. ${mayBeAbsent}` },
  Picture: { ...picture, description: 'The whole picture that the caller may see.' },
  Activity: { ...activity, description: `Counts by quarters of an hour, oldest first. ${mayBeAbsent}` },
  FocalPoint: {
    type: 'object',
    description: `A focal point as the caller may see it, under its pseudonym. ${mayBeAbsent}`,
    properties: { pseudonym: text, sector: text, placeId: idText, lastContactAt: time, withdrawnAt: time },
    required: ['pseudonym'],
  },
  PositionsAnswer: { ...positionsAnswer, description: 'What became of each item of a batch.' },
  PlacesAnswer: {
    type: 'object',
    description: 'What became of each place of an import.',
    properties: { accepted: count, rejected: listOf(rejectedItem) },
    required: ['accepted', 'rejected'],
  },
  Failure: { ...failure, description: 'Every refusal and fault.' },
};
