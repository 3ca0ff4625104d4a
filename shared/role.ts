/** The roles of the outside contract, in the order in which an administrator reads them. */
export const roles = [
  'admin',
  'watch',
  'chief',
  'sector',
  'patrol',
  'liaison',
  'analyst',
  'wall',
  'feed',
  'adviser',
  'command',
  'dpo',
  'auditor',
] as const;
export type Role = (typeof roles)[number];

/** Who asks: what a token or a session stands for. `units` and `sectors` are what the role calls "own". */
export interface Principal {
  /** Stable id of the token; also the device of positions that carry no device of their own. */
  readonly id: string;
  readonly role: Role;
  /** Name shown on screens beside an action, given when the token was made. */
  readonly name: string;
  readonly units: readonly string[];
  readonly sectors: readonly string[];
}

const may = {
  'report-any-unit': ['admin', 'watch', 'chief'],
  'register-unit': ['admin', 'watch', 'chief', 'feed'],
  'raise-alert': ['admin', 'watch', 'chief', 'sector', 'patrol', 'liaison', 'feed', 'adviser'],
  'change-alert': ['admin', 'watch', 'chief', 'liaison', 'adviser'],
  'raise-threat': ['admin', 'watch', 'chief', 'sector', 'analyst'],
  'import-places': ['admin', 'watch', 'chief'],
  'read-track': ['admin', 'watch', 'chief', 'sector', 'patrol', 'liaison', 'analyst', 'command', 'feed'],
  'read-activity': [
    'admin',
    'watch',
    'chief',
    'sector',
    'patrol',
    'liaison',
    'analyst',
    'adviser',
    'command',
  ],
  'call-walls': ['admin', 'watch', 'chief'],
  /** Writes the log, signs handovers and reports. */
  'keep-watch': ['admin', 'watch', 'chief', 'sector'],
  'manage-tokens': ['admin'],
} as const satisfies Record<string, readonly Role[]>;
export type Deed = keyof typeof may;

/** Whether a role may do a deed at all; whether it may do it to *this* thing is asked where the thing is known. */
export function roleMay(role: Role, deed: Deed): boolean {
  return (may[deed] as readonly Role[]).includes(role);
}

/** The roles that may do a deed, for the sentence of a refusal. */
export function rolesThatMay(deed: Deed): readonly Role[] {
  return may[deed];
}
