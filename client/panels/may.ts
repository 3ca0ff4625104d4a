import { roleMay, type Role } from '../../shared/role.ts';

export function mayCallWalls(role: Role): boolean {
  return roleMay(role, 'call-walls');
}

export function mayRaise(role: Role): boolean {
  return roleMay(role, 'raise-alert');
}

export function mayRaiseThreat(role: Role): boolean {
  return roleMay(role, 'raise-threat');
}
