import { heartbeatUnitId } from '../../shared/model/unit.ts';
import type { Principal } from '../../shared/role.ts';
import { heartbeatEveryMs } from '../../shared/wire/live.ts';
import type { Submit } from './submit.ts';

/** The service itself, as the author of what it submits. */
export const servicePrincipal: Principal = {
  id: 'service',
  role: 'admin',
  name: 'Nightflash',
  units: [],
  sectors: [],
};

/**
 * Sends a fix of the heartbeat unit through the front door every second. It is recorded, folded and fanned out like
 * any other, so a screen that shows a fresh heartbeat has proof of the whole way; while the record cannot be written
 * no heartbeat comes, and every screen says stale.
 */
export function startHeartbeat(submit: Submit, nowMs: () => number): { stop(): void } {
  let underWay = false;
  const beat = async (): Promise<void> => {
    if (underWay) return;
    underWay = true;
    try {
      const fix = { unit: heartbeatUnitId, device: servicePrincipal.id, timeMs: nowMs(), lon: 0, lat: 0 };
      await submit.fixes(servicePrincipal, [fix], false);
    } catch {
      // The record's own status says why it cannot be written; the missing heartbeat says it to the screens.
    } finally {
      underWay = false;
    }
  };
  void beat();
  const timer = setInterval(() => void beat(), heartbeatEveryMs);
  return { stop: () => clearInterval(timer) };
}
