import type { AlertCategory } from './alert-lists.ts';

// No schema library here: pages import these lists.

/** What a response can be: protection is not only a force. */
export const responseKinds = [
  'physical-protection',
  'dialogue',
  'protective-environment',
  'show-of-presence',
  'police-hand-over',
] as const;
export type ResponseKind = (typeof responseKinds)[number];

const force: readonly ResponseKind[] = ['physical-protection', 'show-of-presence', 'dialogue'];
const talk: readonly ResponseKind[] = ['dialogue', 'protective-environment', 'show-of-presence'];
const law: readonly ResponseKind[] = ['physical-protection', 'police-hand-over', 'dialogue'];

/** What helps against what, the first one most; whatever is not named is presence and talk. */
export function responsesTo(category: AlertCategory | 'protection-incident'): readonly ResponseKind[] {
  switch (category) {
    case 'abduction':
    case 'arrest':
    case 'mob-violence':
    case 'looting':
      return law;
    case 'intercommunal-tension':
    case 'movement-restriction':
    case 'returnee':
    case 'displacement':
    case 'hate-speech':
      return talk;
    case 'crsv':
    case 'forced-recruitment':
    case 'protection-incident':
      return ['protective-environment', 'physical-protection', 'police-hand-over'];
    default:
      return force;
  }
}

export const responderReasons = [
  'no-roads',
  'off-road',
  'on-foot',
  'router',
  'router-silent',
  'router-no-way',
  'start-up',
  'busy',
  'refused',
  'stale',
  'lost',
  'no-position',
  'cannot-travel',
  'no-daylight',
  'night',
  'speaks',
  'no-interpreter',
  'women-engagement',
  'medic',
  'strength',
  'vehicles',
  'unarmed',
] as const;

/** Why a unit stands where it does in the ranking; the texts are in the catalogues, under `responderReason.`. */
export interface ResponderReason {
  readonly code: (typeof responderReasons)[number];
  /** Another alert, a language, a reason of refusal. */
  readonly of?: string;
  readonly count?: number;
}

/** One that could go. Seconds count from the answer. `able` is false for one that cannot go as it is. */
export interface ResponderOut {
  readonly unit: string;
  readonly etaS: { readonly best: number; readonly likely: number; readonly worst: number } | null;
  readonly distanceM: number | null;
  readonly via: 'road' | 'air' | 'foot' | null;
  readonly reasons: readonly ResponderReason[];
  readonly able: boolean;
  readonly state: 'fresh' | 'ageing' | 'stale' | 'lost';
  readonly ageS: number | null;
  /** Kinds of response that it can give and that help here. */
  readonly responses: readonly ResponseKind[];
  /** Against the expected time of harm; absent where nobody can tell when that is. */
  readonly arrivesBeforeHarm?: 'yes' | 'perhaps' | 'no';
  /** The way as lon, lat; of the first ones only. */
  readonly route?: ReadonlyArray<readonly [lon: number, lat: number]>;
}
