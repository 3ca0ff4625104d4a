// No schema library here: pages import these lists, and a page must not pay for one.

/** How a village can be reached, or can make itself heard. */
export const villageReaches = ['phone', 'hf', 'vhf', 'satellite', 'bell', 'whistle', 'messenger'] as const;
export type VillageReach = (typeof villageReaches)[number];

/** How somebody was in contact with a village. */
export const contactWays = ['call', 'sms', 'hf', 'visit', 'messenger', 'signal'] as const;
export type ContactWay = (typeof contactWays)[number];

/** Whose contact it was, by role and never by name. */
export const contactBys = [
  'liaison',
  'watch',
  'sector',
  'patrol',
  'police',
  'civil-affairs',
  'other',
] as const;
export type ContactBy = (typeof contactBys)[number];

/** How it stands in the village, in a word. `no-answer` is an attempt, and no contact. */
export const contactResults = ['all-well', 'worried', 'warning', 'needs-help', 'no-answer'] as const;
export type ContactResult = (typeof contactResults)[number];

/** Results that somebody has to look into. */
export const graveResults: readonly ContactResult[] = ['warning', 'needs-help'];

/** How a village stands with its rhythm: overdue, due soon, heard in time, or nothing is expected. */
export const villageStates = ['silent', 'due', 'heard', 'unset'] as const;
export type VillageState = (typeof villageStates)[number];
