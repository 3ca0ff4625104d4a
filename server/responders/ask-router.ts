import type { ResponderOut } from '../../shared/model/responder.ts';
import type { Router } from '../roads/router.ts';
import { routedTravel } from '../roads/travel.ts';
import { answerOf, conditionsOf, inOrder, rankAll, type Asking, type Call, type Ranked } from './rank.ts';

/** So many of the best that come by road are asked for: a call each, all at once. */
const mostAsked = 10;

/**
 * The ranking, with the times that an external router gives for the best who come by road. Where it does not answer or
 * knows no way, the own roads hold, and the reasons say so.
 */
export async function rankByRouter(call: Call, asking: Asking, router: Router): Promise<ResponderOut[]> {
  const ranked = rankAll(call, asking);
  const asked = ranked.filter(comesByRoad).slice(0, mostAsked);
  const again = await Promise.all(asked.map((one) => byRouter(one, call, asking, router)));
  return answerOf(inOrder([...ranked.filter((one) => !asked.includes(one)), ...again]));
}

const comesByRoad = ({ way }: Ranked): boolean => way?.travel.via === 'road';

async function byRouter(one: Ranked, call: Call, { atMs }: Asking, router: Router): Promise<Ranked> {
  if (!one.way) return one;
  const { traveller, travel } = one.way;
  const { lon, lat, vehicle } = traveller;
  if (vehicle === 'air') return one;
  const found = await router.route([lon, lat], [call.lon, call.lat]);
  const own = (code: 'router-silent' | 'router-no-way'): Ranked =>
    one.by({ ...travel, reasons: [...travel.reasons, { code }] });
  if (found === 'silent') return own('router-silent');
  // It knows no way that a car can go; the roads of the mission may, and people can walk.
  if (found === 'no-way') return own('router-no-way');
  const routed = routedTravel(traveller, vehicle, found, call, conditionsOf(call, atMs));
  return routed ? one.by(routed) : own('router-silent');
}
