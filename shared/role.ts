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
  /** Has a text read against the villages: those who raise alerts and see places. */
  'read-text': ['admin', 'watch', 'chief', 'sector', 'patrol', 'liaison'],
  'change-alert': ['admin', 'watch', 'chief', 'liaison', 'adviser'],
  'raise-threat': ['admin', 'watch', 'chief', 'sector', 'analyst'],
  'import-places': ['admin', 'watch', 'chief'],
  'read-responders': ['admin', 'watch', 'chief', 'sector', 'command'],
  /** Tells units to be ready before anybody is sent. */
  'prewarn-units': ['admin', 'watch', 'chief', 'sector'],
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
  'read-watch-log': ['admin', 'watch', 'chief', 'sector', 'adviser', 'analyst', 'command'],
  'write-watch-log': ['admin', 'watch', 'chief', 'sector', 'adviser'],
  'read-reports': ['admin', 'watch', 'chief', 'sector', 'analyst', 'command'],
  'write-report': ['admin', 'watch', 'chief'],
  'hand-over': ['admin', 'watch', 'chief'],
  'read-impact': ['admin', 'watch', 'chief', 'sector', 'adviser', 'analyst', 'command'],
  'print-paper': ['admin', 'watch', 'chief', 'sector', 'command'],
  'raise-rumour': ['admin', 'watch', 'chief', 'sector', 'liaison', 'adviser'],
  'read-rumours': ['admin', 'watch', 'chief', 'sector', 'liaison', 'adviser', 'analyst', 'command'],
  'answer-rumour': ['admin', 'watch', 'chief'],
  'switch-crisis': ['chief', 'command'],
  'log-decision': ['admin', 'watch', 'chief', 'command'],
  'read-crisis': ['admin', 'watch', 'chief', 'sector', 'analyst', 'command'],
  'manage-tokens': ['admin'],
  /** Villages, how they are reached and when they were last heard of: never for walls or patrols. */
  'read-villages': ['admin', 'watch', 'chief', 'sector', 'liaison', 'analyst', 'command'],
  'note-contact': ['admin', 'watch', 'chief', 'sector', 'liaison'],
  'report-signal': ['admin', 'watch', 'chief', 'sector', 'patrol', 'liaison', 'feed'],
  'bring-messages': ['admin', 'feed'],
  'list-sources': ['admin', 'watch', 'chief', 'liaison'],
  'keep-sources': ['liaison'],
  'read-source-audit': ['dpo', 'auditor'],
  'erase-text': ['chief', 'adviser', 'dpo'],
  'tell-caller': ['watch', 'chief', 'liaison', 'adviser'],
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
