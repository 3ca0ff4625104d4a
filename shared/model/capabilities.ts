// No schema library here: pages import these lists.

/** How a unit gets about. */
export const vehicles = ['4x4', 'truck', 'apc', 'motorbike', 'bicycle', 'foot', 'air'] as const;
export type Vehicle = (typeof vehicles)[number];

/**
 * Words of `capabilities` that the ranking of responders understands; other words stay allowed. With a value after a
 * colon: `interpreter:sw` (language), `strength:30` (people), `vehicles:4`.
 */
export const capabilityWords = [
  ...vehicles,
  'interpreter',
  'strength',
  'vehicles',
  'women-engagement',
  'medic',
  'night',
  'armed',
  'armoured',
  'engineer',
  'casevac',
  'illumination',
  'civil-affairs',
  'liaison',
  'women-protection',
  'child-protection',
  'human-rights',
] as const;
export type CapabilityWord = (typeof capabilityWords)[number];

/** What is understood of a unit's kind and words. */
export interface Abilities {
  /** Undefined: it goes nowhere that an alert is (bases, boats, unmanned aircraft). */
  readonly vehicle: Vehicle | undefined;
  readonly languages: readonly string[];
  readonly strength?: number;
  readonly vehicles?: number;
  has(word: CapabilityWord): boolean;
}

const vehicleOfKind: Readonly<Record<string, Vehicle | undefined>> = {
  patrol: '4x4',
  foot: 'foot',
  qrf: '4x4',
  escort: '4x4',
  police: '4x4',
  helicopter: 'air',
  ambulance: '4x4',
  truck: 'truck',
  observer: '4x4',
  civilian: '4x4',
  other: '4x4',
};
const staysAway = ['uav', 'boat', 'base'];

/** Reads a unit's capabilities; words that are not understood cost nothing. */
export function abilitiesOf(kind: string, capabilities: readonly string[]): Abilities {
  const said = capabilities.map((word) => word.trim().toLowerCase());
  const valuesOf = (name: string): string[] =>
    said.flatMap((word) => (word.startsWith(`${name}:`) ? [word.slice(name.length + 1)] : []));
  const numberOf = (name: string): number | undefined => {
    const value = Number(valuesOf(name)[0]);
    return Number.isInteger(value) && value > 0 ? value : undefined;
  };
  const words = new Set(said.map((word) => word.split(':')[0] ?? word));
  if (words.has('female-engagement')) words.add('women-engagement');
  const named = vehicles.find((vehicle) => words.has(vehicle));
  const usual = words.has('armoured') && kind !== 'helicopter' ? 'apc' : (vehicleOfKind[kind] ?? '4x4');
  const strength = numberOf('strength');
  const count = numberOf('vehicles');
  return {
    vehicle: staysAway.includes(kind) ? undefined : (named ?? usual),
    languages: valuesOf('interpreter'),
    ...(strength === undefined ? {} : { strength }),
    ...(count === undefined ? {} : { vehicles: count }),
    has: (word) => words.has(word),
  };
}
