// No schema library here: pages import these lists, and a page must not pay for one.

/** The closed list of alert categories (domain.md 2.2). */
export const alertCategories = [
  'imminent-attack',
  'attack-in-progress',
  'armed-group-movement',
  'killing',
  'abduction',
  'crsv',
  'looting',
  'cattle-raid',
  'intercommunal-tension',
  'displacement',
  'site-security',
  'illegal-checkpoint',
  'forced-recruitment',
  'mob-violence',
  'hate-speech',
  'explosive-hazard',
  'movement-restriction',
  'attack-on-un',
  'arrest',
  'returnee',
  'natural-hazard',
  'other',
] as const;
export type AlertCategory = (typeof alertCategories)[number];

export const priorities = ['P1', 'P2', 'P3', 'P4'] as const;
export type Priority = (typeof priorities)[number];

export const channels = [
  'sms',
  'call',
  'missed-call',
  'radio',
  'signal',
  'walk-in',
  'patrol',
  'liaison',
  'partner',
  'cap',
  'media',
  'sensor',
] as const;
export type Channel = (typeof channels)[number];

export const precisions = ['exact', 'village', 'area', 'unknown'] as const;
export const restrictedClasses = ['crsv', 'child', 'other'] as const;
export const verifications = ['unverified', 'corroborated', 'confirmed', 'refuted'] as const;
export type Verification = (typeof verifications)[number];

/** The priority an alert has until a person or the reporter gives one: what the category alone implies. */
export function priorityOfCategory(category: AlertCategory): Priority {
  if (category === 'attack-in-progress' || category === 'imminent-attack') return 'P1';
  const second: readonly AlertCategory[] = [
    'killing',
    'abduction',
    'crsv',
    'armed-group-movement',
    'cattle-raid',
    'mob-violence',
    'site-security',
    'forced-recruitment',
    'attack-on-un',
  ];
  return second.includes(category) ? 'P2' : 'P3';
}

export const segmentNames = [
  'acknowledge',
  'triage',
  'decide',
  'turnout',
  'travel',
  'diversion',
  'hold',
  'report',
  'feedback',
  'referral',
] as const;
/**
 * Segments of the response clock (domain.md 2.2, T1 to T8). `feedback` runs where the caller may be told safely;
 * `referral` on restricted records, until an adviser has them; `diversion` while somebody who was sent does not come.
 */
export type SegmentName = (typeof segmentNames)[number];

/** Who is called when a segment runs over, one after the other; `adviser` instead of sector and command where restricted. */
export const escalationLevels = ['watch', 'chief', 'sector', 'command', 'adviser'] as const;
export type EscalationLevel = (typeof escalationLevels)[number];

export const taskStates = [
  'offered',
  'accepted',
  'en-route',
  'on-scene',
  'stabilised',
  'released',
  'refused',
  'stood-down',
] as const;
export type TaskState = (typeof taskStates)[number];

/** What a reduced audience gets in place of the category of a restricted (or delicate) alert. */
export const protectionIncident = 'protection-incident';
