import type { Principal } from '../../shared/role.ts';
import { protocolVersion, type ViewerNote } from '../../shared/wire/live.ts';

/** What a viewer is told about itself and the server it talks to. */
export function youAre({ role, name }: Principal, nowMs: number): ViewerNote {
  return { role, name, protocolVersion, serverTime: new Date(nowMs).toISOString() };
}
