/** Kinds that have a symbol of their own; any other word is drawn as a plain unit. */
export const unitKinds = [
  'patrol',
  'foot',
  'qrf',
  'escort',
  'police',
  'helicopter',
  'uav',
  'boat',
  'ambulance',
  'truck',
  'base',
  'observer',
  'civilian',
  'other',
] as const;

/** The unit id of the heartbeat: a synthetic unit that proves the whole way from door to glass. */
export const heartbeatUnitId = 'heartbeat';

export const unitStates = ['fresh', 'ageing', 'stale', 'lost'] as const;
export type UnitState = (typeof unitStates)[number];
