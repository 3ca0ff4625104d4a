import { geometryBbox } from '../../shared/geo/area.ts';
import type { Principal } from '../../shared/role.ts';
import type { PreferenceShelf } from '../identity/preferences.ts';
import type { Mode } from '../record/record.ts';
import { worldSector, type Mission } from '../mission/mission.ts';

/** What a page gets when it signs in: who it is, and the mission it looks at. */
export function welcomeFor(
  mission: Mission,
  mode: Mode,
  packs: readonly string[],
  preferences: PreferenceShelf,
): (principal: Principal) => Promise<unknown> {
  const named = mission.sectors.filter((sector) => sector !== worldSector);
  const bounds = boundsOf(mission);
  return async ({ id, role, name, units, sectors }) => ({
    account: id,
    role,
    name,
    units,
    sectors,
    mode,
    mission: {
      name: mission.name,
      timezoneLetters: mission.file.timezoneLetters,
      languages: mission.file.languages,
      sectors: named,
    },
    packs,
    preferences: await preferences.of(id),
    ...(bounds ? { bounds } : {}),
  });
}

function boundsOf(mission: Mission): readonly number[] | undefined {
  const boxes = mission.sectors
    .filter((sector) => sector !== worldSector)
    .flatMap(({ geometry }) =>
      geometry.type === 'Polygon'
        ? [geometryBbox(geometry)]
        : geometry.coordinates.map((coordinates) => geometryBbox({ type: 'Polygon', coordinates })),
    );
  if (boxes.length === 0) return undefined;
  return [
    Math.min(...boxes.map((box) => box[0])),
    Math.min(...boxes.map((box) => box[1])),
    Math.max(...boxes.map((box) => box[2])),
    Math.max(...boxes.map((box) => box[3])),
  ];
}
