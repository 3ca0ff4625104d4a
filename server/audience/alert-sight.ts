import type { Principal } from '../../shared/role.ts';
import type { Alert } from '../picture/picture.ts';

/**
 * How much of an alert someone may see who reads logs and reports: its story; that there is a protection incident; or
 * nothing. As the view of the alert says it (a test holds the two together), without making one: it is asked of every
 * alert there ever was.
 */
export function alertSight(
  { restricted, sector }: Pick<Alert, 'restricted' | 'sector'>,
  { role, sectors }: Principal,
): 'full' | 'protection' | undefined {
  switch (role) {
    case 'admin':
    case 'watch':
    case 'chief':
      return restricted ? 'protection' : 'full';
    case 'sector':
    case 'liaison':
      if (sector === undefined || !sectors.includes(sector)) return undefined;
      return restricted ? 'protection' : 'full';
    case 'command':
    case 'analyst':
      return restricted ? undefined : 'full';
    case 'adviser':
      return restricted ? 'full' : undefined;
    case 'patrol':
    case 'wall':
    case 'feed':
    case 'dpo':
    case 'auditor':
      return undefined;
  }
}
