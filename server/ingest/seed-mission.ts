import type { Submit } from './submit.ts';
import { servicePrincipal } from './heartbeat.ts';
import type { PlaceIn } from '../../shared/model/place.ts';
import type { Picture } from '../picture/picture.ts';
import { splitPlace } from '../picture/fold-village.ts';
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
  const changed = places.filter((place) => !isKnown(picture(), place));
  for (let at = 0; at < changed.length; at += 1_000) {
    await submit.event(servicePrincipal, { kind: 'places.imported', places: changed.slice(at, at + 1_000) });
  }
}

/** What the file says of a village's registry is known; what was added to it since stays. */
function isKnown({ places, villages }: Picture, given: PlaceIn): boolean {
  const { place, registry } = splitPlace(given);
  const known = villages.get(given.id)?.registry ?? {};
  return (
    sameContent(places.get(given.id)?.place ?? {}, place) && sameContent(known, { ...known, ...registry })
  );
}
