import { roleMay, type Role } from '../../shared/role.ts';

export function mayRaise(role: Role): boolean {
  return roleMay(role, 'raise-alert');
}
