import type { PlaceOut } from '../../shared/model/place.ts';
import type { FoundPlace, SearchAnswer } from '../../shared/model/search.ts';
import type { Principal } from '../../shared/role.ts';
import { audienceOf } from '../audience/audience.ts';
import { viewById } from '../audience/picture-view.ts';
import { showsCallsign, unitSight } from '../audience/unit-sight.ts';
import type { ViewContext } from '../audience/view-context.ts';
import type { Mission } from '../mission/mission.ts';
import type { LivePicture } from '../picture/live-picture.ts';
import { PlaceSearch, type Point } from './place-search.ts';
import { UnitSearch } from './unit-search.ts';

export interface Question {
  readonly typed: string;
  /** At most so many places, and so many units. */
  readonly limit: number;
  readonly near?: Point | undefined;
}

/** Finds what somebody means by a name, among all that it may see. */
export interface Search {
  search(principal: Principal, question: Question): Promise<SearchAnswer>;
  /** The places that answer to a name, best first, as `see` shows them to the asker. */
  placesNamed(
    typed: string,
    limit: number,
    see: (id: string) => PlaceOut | undefined,
  ): Promise<readonly FoundPlace[]>;
}

interface Parts {
  readonly livePicture: LivePicture;
  readonly mission: Mission;
  readonly nowMs: () => number;
}

export function createSearch({ livePicture, mission, nowMs }: Parts): Search {
  const places = new PlaceSearch(livePicture);
  const units = new UnitSearch();
  return {
    async placesNamed(typed, limit, see) {
      await places.ready();
      return places.find({ typed, limit, near: undefined, see });
    },
    async search(principal, { typed, limit, near }) {
      await places.ready();
      const audience = audienceOf(principal);
      const context: ViewContext = { mission, picture: livePicture.picture, atMs: nowMs() };
      return {
        places: places.find({
          typed,
          limit,
          near,
          see: (id) => viewById('places', id, audience, context),
        }),
        units: units.find(context.picture, {
          typed,
          limit,
          see: (id) => viewById('units', id, audience, context),
          readsCallsign: (unit) => {
            const sight = unitSight(unit, principal, context);
            return sight !== undefined && showsCallsign(sight);
          },
        }),
      };
    },
  };
}
