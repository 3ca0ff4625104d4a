import { distanceM } from '../../shared/geo/distance.ts';
import { abilitiesOf, type Abilities } from '../../shared/model/capabilities.ts';
import type { AlertOut } from '../../shared/model/alert.ts';
import { isOpen } from '../../shared/model/alert-steps.ts';
import {
  responsesTo,
  type ResponderOut,
  type ResponderReason,
  type ResponseKind,
} from '../../shared/model/responder.ts';
import { heartbeatUnitId } from '../../shared/model/unit-lists.ts';
import type { Alert, Picture, Unit } from '../picture/picture.ts';
import type { RoadGraph } from '../roads/road-graph.ts';
import { isWetSeason, type Conditions } from '../roads/speeds.ts';
import { arrivalsAt, type Arrivals, type Travel, type Traveller } from '../roads/travel.ts';
import { flysByDay, isNight } from './daylight.ts';

/** The alert as the asking person may see it: a restricted one has no more than its area. */
export interface Call {
  readonly alert: Pick<AlertOut, 'id' | 'category' | 'receivedAt' | 'occurredAt'>;
  readonly lon: number;
  readonly lat: number;
  /** Languages of the village. */
  readonly languages: readonly string[];
}

export interface Asking {
  readonly picture: Picture;
  readonly roads: RoadGraph;
  /** Whether the asking person may see the unit in full. */
  readonly sees: (unit: Unit) => boolean;
  /** State and age of a unit, as on every screen. */
  readonly stateOf: (unit: Unit) => Pick<ResponderOut, 'state' | 'ageS'>;
  readonly atMs: number;
}

/** The nearest so many by air are looked at closer: nobody comes from the other end of the country. */
const mostLookedAt = 1_000;
export const mostRanked = 50;
const mostRoutes = 5;
const movingMps = 1;
const airborneMps = 15;

/** Minutes of travel that a fit is worth: a unit that fits is preferred to one that is a little nearer. */
const worthS = {
  response: 600,
  none: 3_600,
  interpreter: 300,
  women: 300,
  medic: 300,
  refused: 3_600,
} as const;

/** A unit in the ranking, with what its place there follows from. */
export interface Ranked {
  readonly out: ResponderOut;
  readonly tier: number;
  readonly costS: number;
  /** Undefined where it cannot travel, or nobody knows where it is. */
  readonly way: { readonly traveller: Traveller; readonly travel: Travel } | undefined;
  /** It has a task at this alert. */
  readonly isHere: boolean;
  /** The same unit where it travels otherwise than was thought. */
  readonly by: (travel: Travel) => Ranked;
}

/** Who could go, the best first: free and able before busy or doubtful, those before whoever cannot. */
export function rankResponders(call: Call, asking: Asking): ResponderOut[] {
  return answerOf(rankAll(call, asking));
}

/** Whether there is daylight and whether the roads are wet, where and when the alert is. */
export function conditionsOf({ lon, lat }: Pick<Call, 'lon' | 'lat'>, atMs: number): Conditions {
  return { isNight: isNight(lon, lat, atMs), isWet: isWetSeason(lat, atMs) };
}

/** Every unit that is looked at, the best first, by the roads that are known here. */
export function rankAll(call: Call, asking: Asking): Ranked[] {
  const tasks = tasksByUnit(asking.picture, call.alert.id);
  const arrivals = arrivalsAt(asking.roads, call, conditionsOf(call, asking.atMs));
  return inOrder(
    nearest(call, asking).map((unit) => rankOne(unit, call, asking, arrivals.of, tasks.get(unit.id))),
  );
}

export function inOrder(ranked: readonly Ranked[]): Ranked[] {
  return [...ranked].sort(
    (a, b) => a.tier - b.tier || a.costS - b.costS || (a.out.unit < b.out.unit ? -1 : 1),
  );
}

/** What is answered: the best, and the ways of the very best and of those who go already. */
export function answerOf(ranked: readonly Ranked[]): ResponderOut[] {
  return ranked
    .slice(0, mostRanked)
    .map(({ out, way, isHere }, index) =>
      way && (isHere || index < mostRoutes) ? { ...out, route: way.travel.route() } : out,
    );
}

function nearest({ lon, lat }: Call, { picture, sees }: Asking): Unit[] {
  const units = [...picture.units.values()].filter((unit) => unit.id !== heartbeatUnitId && sees(unit));
  if (units.length <= mostLookedAt) return units;
  const far = (unit: Unit): number =>
    unit.live ? distanceM(unit.live.lon, unit.live.lat, lon, lat) : Infinity;
  return units
    .map((unit) => ({ unit, metres: far(unit) }))
    .sort((a, b) => a.metres - b.metres)
    .slice(0, mostLookedAt)
    .map(({ unit }) => unit);
}

interface TasksOfUnit {
  readonly busyWith?: string;
  readonly refused?: string;
  readonly isHere: boolean;
}

const live = ['offered', 'accepted', 'en-route', 'on-scene', 'stabilised'];

/** What units have to do with other alerts, and whether they refused this one. Looks at every alert once. */
function tasksByUnit(picture: Picture, alertId: string): Map<string, TasksOfUnit> {
  const known = new Map<string, TasksOfUnit>();
  const note = (unit: string, what: Partial<TasksOfUnit>): void => {
    known.set(unit, { isHere: false, ...known.get(unit), ...what });
  };
  for (const alert of picture.alerts.values()) {
    if (alert.id !== alertId && !isOpen(alert.state)) continue;
    for (const { unit, state, reason } of alert.tasks) {
      if (alert.id === alertId && state === 'refused') note(unit, { refused: reason ?? 'other' });
      if (!live.includes(state)) continue;
      note(unit, alert.id === alertId ? { isHere: true } : { busyWith: nameOf(alert) });
    }
  }
  return known;
}

/** Of a restricted alert nothing is said but that there is one. */
function nameOf({ restricted, number }: Alert): string {
  return restricted ? '' : number;
}

function rankOne(
  unit: Unit,
  call: Call,
  asking: Asking,
  travelOf: Arrivals['of'],
  tasks: TasksOfUnit | undefined,
): Ranked {
  const by = (travel: Travel): Ranked => rankOne(unit, call, asking, () => travel, tasks);
  const isHere = tasks?.isHere ?? false;
  const abilities = abilitiesOf(unit.kind, unit.capabilities);
  const { state, ageS } = asking.stateOf(unit);
  const suggested = responsesTo(call.alert.category);
  const responses = suggested.filter((kind) => gives(unit.kind, abilities, kind));
  const fit = fitOf(abilities, call);
  const base = { unit: unit.id, state, ageS, responses };
  const { vehicle } = abilities;
  if (!vehicle || !unit.live) {
    const code = unit.live ? 'cannot-travel' : 'no-position';
    const reasons = [{ code } as const, ...fit.reasons];
    const out = { ...base, etaS: null, distanceM: null, via: null, reasons, able: false };
    return { out, tier: 3, costS: Infinity, way: undefined, isHere, by };
  }
  const { lon, lat, speedMps = 0 } = unit.live;
  const isMoving = speedMps > (vehicle === 'air' ? airborneMps : movingMps);
  const traveller: Traveller = { lon, lat, vehicle, isMoving };
  const travel = travelOf(traveller);
  const isDark =
    vehicle === 'air' &&
    !abilities.has('night') &&
    !flysByDay({ lon, lat }, call, asking.atMs, travel.etaS.likely);
  const doubts = doubtsOf(state, tasks);
  const unarmed = isUnarmed(unit.kind) && suggested[0] === 'physical-protection';
  const firstFit = suggested.findIndex((kind) => responses.includes(kind));
  const costS = travel.etaS.likely + (firstFit < 0 ? worthS.none : firstFit * worthS.response) - fit.worthS;
  const reasons: ResponderReason[] = [
    ...(isDark ? [{ code: 'no-daylight' as const }] : []),
    ...doubts,
    ...travel.reasons.map(({ code, metres }) => ({
      code,
      ...(metres === undefined ? {} : { count: metres }),
    })),
    ...(unarmed ? [{ code: 'unarmed' as const }] : []),
    ...fit.reasons,
  ];
  const harm = beforeHarm(call.alert, travel.etaS, asking.atMs);
  const { etaS, via } = travel;
  const out = { ...base, etaS, distanceM: travel.distanceM, via, reasons, able: !isDark, ...harm };
  const tier = isDark ? 2 : doubts.length > 0 || unarmed ? 1 : 0;
  return { out, tier, costS, way: { traveller, travel }, isHere, by };
}

function doubtsOf(state: ResponderOut['state'], tasks: TasksOfUnit | undefined): ResponderReason[] {
  const { busyWith, refused } = tasks ?? {};
  return [
    ...(busyWith === undefined
      ? []
      : [{ code: 'busy' as const, ...(busyWith === '' ? {} : { of: busyWith }) }]),
    ...(refused === undefined ? [] : [{ code: 'refused' as const, of: refused }]),
    ...(state === 'stale' || state === 'lost' ? [{ code: state }] : []),
  ];
}

const unarmedKinds = ['civilian', 'observer', 'ambulance', 'truck'];
const isUnarmed = (kind: string): boolean => unarmedKinds.includes(kind);
const advisers = ['women-protection', 'child-protection', 'human-rights'] as const;

/** Whether a unit of a kind, with what it can, gives a kind of response. */
function gives(kind: string, abilities: Abilities, response: ResponseKind): boolean {
  const isCivilian = kind === 'civilian';
  switch (response) {
    case 'physical-protection':
      return !isUnarmed(kind);
    case 'dialogue':
      return isCivilian || kind === 'observer' || abilities.has('civil-affairs') || abilities.has('liaison');
    case 'protective-environment':
      return isCivilian || abilities.has('women-engagement') || advisers.some((word) => abilities.has(word));
    case 'show-of-presence':
      return !isCivilian && kind !== 'ambulance' && kind !== 'truck';
    case 'police-hand-over':
      return kind === 'police';
  }
}

/** What speaks for a unit, and what it is worth in seconds of travel. */
function fitOf(
  abilities: Abilities,
  { alert, languages }: Call,
): { reasons: ResponderReason[]; worthS: number } {
  const reasons: ResponderReason[] = [];
  let sumS = 0;
  const spoken = abilities.languages.find((language) => languages.includes(language));
  if (spoken !== undefined) {
    reasons.push({ code: 'speaks', of: spoken });
    sumS += worthS.interpreter;
  } else if (languages.length > 0) reasons.push({ code: 'no-interpreter' });
  if (abilities.has('women-engagement')) {
    reasons.push({ code: 'women-engagement' });
    if (['crsv', 'protection-incident', 'abduction', 'displacement'].includes(alert.category))
      sumS += worthS.women;
  }
  if (abilities.has('medic')) {
    reasons.push({ code: 'medic' });
    if (['attack-in-progress', 'killing', 'mob-violence'].includes(alert.category)) sumS += worthS.medic;
  }
  if (abilities.has('night')) reasons.push({ code: 'night' });
  if (abilities.strength !== undefined) reasons.push({ code: 'strength', count: abilities.strength });
  if (abilities.vehicles !== undefined) reasons.push({ code: 'vehicles', count: abilities.vehicles });
  return { reasons, worthS: sumS };
}

/** Hours after the warning in which harm is to be expected, where nobody has said when. Our own proposal. */
const harmWithinH: Readonly<Record<string, number>> = {
  'attack-in-progress': 3,
  'imminent-attack': 2,
  'mob-violence': 1,
  looting: 2,
  'cattle-raid': 4,
  'armed-group-movement': 6,
  'intercommunal-tension': 12,
};

function beforeHarm(
  { category, receivedAt, occurredAt }: Call['alert'],
  etaS: Travel['etaS'],
  atMs: number,
): Pick<ResponderOut, 'arrivesBeforeHarm'> {
  const saidMs = occurredAt === undefined ? 0 : Date.parse(occurredAt);
  const hours = harmWithinH[category];
  const harmMs =
    saidMs > atMs ? saidMs : hours === undefined ? undefined : Date.parse(receivedAt) + hours * 3_600_000;
  if (harmMs === undefined) return {};
  const leftS = (harmMs - atMs) / 1_000;
  return { arrivesBeforeHarm: etaS.worst <= leftS ? 'yes' : etaS.best > leftS ? 'no' : 'perhaps' };
}
