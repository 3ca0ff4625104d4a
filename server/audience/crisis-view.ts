import type { CrisesOut, CrisisBanner, CrisisOut } from '../../shared/model/crisis.ts';
import type { Principal } from '../../shared/role.ts';
import type { Picture } from '../picture/picture.ts';
import { crisisNow, type Crisis } from '../picture/watch.ts';
import { textFor } from './reportable.ts';

/** What every screen shows of a crisis: its name and since when, nothing of why. */
export function crisisBanner({ watch }: Picture): CrisisBanner | undefined {
  const crisis = crisisNow(watch);
  return crisis && { name: crisis.name, since: new Date(crisis.started.atMs).toISOString() };
}

/** The register of crises and of what was decided in them, newest first. */
export function crisesView({ watch }: Picture, principal: Principal): CrisesOut {
  const crises = [...watch.crises.values()].reverse().map((crisis) => crisisView(crisis, principal));
  return { on: crisisNow(watch) !== undefined, crises };
}

function crisisView(
  { id, name, reason, started, ended, decisions }: Crisis,
  principal: Principal,
): CrisisOut {
  const clean = (text: string): string => textFor(principal, text);
  return {
    ...{ id, name: clean(name), reason: clean(reason) },
    since: iso(started.atMs),
    startedBy: started.by.name,
    ...(ended ? { endedAt: iso(ended.atMs), endedBy: ended.by.name, endReason: clean(ended.reason) } : {}),
    decisions: decisions.map((decision) => ({
      id: decision.id,
      what: clean(decision.what),
      who: clean(decision.who),
      when: decision.when ?? iso(decision.atMs),
      onWhat: clean(decision.onWhat),
      loggedAt: iso(decision.atMs),
      loggedBy: decision.by.name,
    })),
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
