import { type unitKinds } from '../../shared/model/unit-lists.ts';

export type UnitKind = (typeof unitKinds)[number];

/**
 * The APP-6 symbol of each kind of unit as a 20-digit SIDC of a friend: symbol set in digits 5 and 6 (01 air, 10 land
 * unit, 11 civilian unit, 20 installation, 30 sea surface), what it is in digits 11 to 16.
 */
const codes: Readonly<Record<UnitKind, string>> = {
  patrol: '10031000001211040000', // motorised infantry
  foot: '10031000001211000000', // infantry
  qrf: '10031000001211020000', // mechanised infantry
  escort: '10031000001213000000', // reconnaissance, cavalry
  police: '10031000001412000000', // military police
  helicopter: '10030100001102000000', // rotary wing
  uav: '10030100001103000000', // unmanned aircraft
  boat: '10033000001205000000', // patrol boat
  ambulance: '10031000001613000000', // medical
  truck: '10031000001636000000', // transport
  base: '10032000001119000000', // camp
  observer: '10031000001212000000', // observer
  civilian: '10031100001100000000', // civilian
  other: '10031000000000000000', // a unit of which no more is said
};

/** The kind whose symbol a unit gets: a word that is no kind of ours is drawn as a plain unit. */
export function symbolKind(kind: string): UnitKind {
  return isUnitKind(kind) ? kind : 'other';
}

export function symbolCode(kind: UnitKind): string {
  return codes[kind];
}

function isUnitKind(kind: string): kind is UnitKind {
  return Object.hasOwn(codes, kind);
}

/** Name of a symbol in the atlas: kind, and state of age as an index into unitStates. */
export function symbolName(kind: UnitKind, state: number): string {
  return `${kind}-${state}`;
}
