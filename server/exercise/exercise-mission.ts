import { missionSchema } from '../../shared/model/mission.ts';
import { missionOf, type Mission } from '../mission/mission.ts';
import { exerciseUnits, registrationOf } from './exercise-units.ts';
import { registered } from './exercise-villages.ts';
import { makeIsland, type Island } from './island.ts';

/** The island on which exercises are set: the one whose map pack ships. */
export function exerciseIsland(): Island {
  return makeIsland();
}

/**
 * The mission of the exercise. Its name begins with EXERCISE, so that no screenshot of it can pass for the real
 * thing; positions go stale within minutes, so that a newcomer sees it happen.
 */
export function exerciseMission(island: Island): Mission {
  return missionOf(
    missionSchema.parse({
      name: 'EXERCISE NIGHT HARBOUR',
      timezoneLetters: ['N'],
      languages: ['en', 'fr'],
      sectors: island.sectors,
      reportEveryS: 15,
      staleAfterS: 90,
      units: exerciseUnits(island).map((unit) => ({ id: unit.id, ...registrationOf(unit) })),
      places: island.places.map(registered),
    }),
    [],
    island.roads.map(({ line, class: roadClass, fromNode, toNode }) => ({
      line: line.map(([lon, lat]) => [lon, lat] as const),
      rank: roadClass === 'trunk' ? 1 : 3,
      from: fromNode,
      to: toNode,
    })),
  );
}
