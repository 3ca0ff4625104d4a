import { Failure } from '../../shared/failure.ts';
import { roleMay, rolesThatMay, type Deed, type Principal } from '../../shared/role.ts';

/** Refuses a role that may not do this at all, and names those that may. */
export function mustMay({ role }: Principal, deed: Deed, what: string): void {
  if (roleMay(role, deed)) return;
  throw new Failure('role-not-allowed', `${role} may not ${what}; ${rolesThatMay(deed).join(', ')} may`);
}
