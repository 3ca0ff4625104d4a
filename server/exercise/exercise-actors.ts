import type { Author } from '../../shared/model/entry.ts';
import type { Principal } from '../../shared/role.ts';
import type { RosterUnit } from './exercise-units.ts';
import type { ActorName } from './scenario-arcs.ts';

/** Ids of the script begin so; humans who sign in to an exercise have others, and what they do is theirs. */
const scriptPrefix = 'script-';

const plain = { units: [], sectors: [] } as const;
const actors: Readonly<Record<ActorName, Principal>> = {
  feed: { id: `${scriptPrefix}feed`, role: 'feed', name: 'Exercise script (feed)', ...plain },
  liaison: { id: `${scriptPrefix}liaison`, role: 'liaison', name: 'Exercise script (liaison)', ...plain },
  watch: { id: `${scriptPrefix}watch`, role: 'watch', name: 'Exercise script (watch)', ...plain },
  chief: { id: `${scriptPrefix}chief`, role: 'chief', name: 'Exercise script (chief)', ...plain },
  analyst: { id: `${scriptPrefix}analyst`, role: 'analyst', name: 'Exercise script (analyst)', ...plain },
};

/** The account that acts; a liaison belongs to the sector of what it reports. */
export function actorOf(name: ActorName, sector?: string): Principal {
  const actor = actors[name];
  return name === 'liaison' && sector !== undefined ? { ...actor, sectors: [sector] } : actor;
}

/** The leader of one unit, who answers for that unit only. */
export function leaderOf({ id, callsign }: RosterUnit): Principal {
  return { id: `${scriptPrefix}${id}`, role: 'patrol', name: callsign, units: [id], sectors: [] };
}

export function isScripted({ id }: Pick<Author, 'id'>): boolean {
  return id.startsWith(scriptPrefix);
}
