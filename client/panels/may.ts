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

/** Who writes the log, signs reports and handovers: those on watch. Others read what they may see. */
export function mayKeepWatch(role: Role): boolean {
  return roleMay(role, 'keep-watch');
}
