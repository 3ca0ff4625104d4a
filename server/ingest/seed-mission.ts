import type { Submit } from './submit.ts';
import { servicePrincipal } from './heartbeat.ts';
import type { Picture } from '../picture/picture.ts';
import { sameContent } from '../picture/same-content.ts';
import type { Mission } from '../mission/mission.ts';

/** Brings the units and places of the mission file into the record; what is there already, and the same, is not sent. */
export async function seedMission(mission: Mission, submit: Submit, picture: () => Picture): Promise<void> {
  for (const { id, ...unit } of mission.file.units) {
    const known = picture().units.get(id);
    const same =
      known?.registered &&
      known.callsign === unit.callsign &&
      known.kind === unit.kind &&
      known.sector === (unit.sector ?? undefined);
    if (!same) await submit.event(servicePrincipal, { kind: 'unit.registered', unitId: id, unit });
  }
  const { places } = mission;
  const changed = places.filter((place) => !sameContent(picture().places.get(place.id)?.place ?? {}, place));
  for (let at = 0; at < changed.length; at += 1_000) {
    await submit.event(servicePrincipal, { kind: 'places.imported', places: changed.slice(at, at + 1_000) });
  }
}
