import { roles, type Role } from '../../shared/role.ts';

/** Roles that see nothing of the picture: only the page of the service has something for them. */
const outside: readonly Role[] = ['dpo', 'auditor'];
/** Who may bring a wall up. Nobody who sees more of restricted records than a wall may show. */
const onWalls: readonly Role[] = ['admin', 'watch', 'chief', 'sector', 'command', 'wall'];
/** Who keeps, signs or reads the papers of the watch. */
const ofTheWatch: readonly Role[] = [
  'admin',
  'watch',
  'chief',
  'sector',
  'liaison',
  'analyst',
  'adviser',
  'command',
];
const homes: Partial<Record<Role, string>> = {
  wall: '/wall',
  patrol: '/patrol',
  dpo: '/admin',
  auditor: '/admin',
};

/** The page a role begins on. */
export function homeOf(role: Role): string {
  return homes[role] ?? '/';
}

/**
 * The roles that a page is for, where this one is not among them; undefined where it may open it. It is the server that
 * guards what may be seen; this tells people why a page would stay empty.
 */
export function rolesNeeded(
  path: string,
  { role, units }: { readonly role: Role; readonly units: readonly string[] },
): readonly Role[] | undefined {
  const needed = rolesOfPage(path);
  if (path === '/patrol' && units.length > 0) return undefined;
  return needed === undefined || needed.includes(role) ? undefined : needed;
}

function rolesOfPage(path: string): readonly Role[] | undefined {
  if (path === '/') return roles.filter((role) => !outside.includes(role));
  if (path === '/wall') return onWalls;
  if (path === '/watch') return ofTheWatch;
  return path === '/patrol' ? ['patrol'] : undefined;
}
