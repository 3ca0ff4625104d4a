import { bboxContains, bboxTouches, geometryBbox } from '../../shared/geo/area.ts';
import type { Heartbeat, PictureOut, ThingKind, Things } from '../../shared/picture/picture.ts';
import type { Bbox } from '../../shared/wire/subscribe.ts';
import type { Picture } from '../picture/picture.ts';
import { viewOf, type Audience } from './audience.ts';
import { restrictedCount } from './restricted-count.ts';
import type { ViewContext } from './view-context.ts';

/** What the audience sees of the thing with this id now; undefined where there is nothing for it to see. */
export function viewById<K extends ThingKind>(
  kind: K,
  id: string,
  audience: Audience,
  context: ViewContext,
): Things[K] | undefined {
  if (kind === 'patrols') return undefined;
  const things: ReadonlyMap<string, unknown> = context.picture[kind as Exclude<K, 'patrols'>];
  const thing = things.get(id) as never; // `kind` picks the map and the view function together
  return thing === undefined ? undefined : viewOf[kind](thing, audience, context);
}

/** Whether a thing belongs on a map of this area. What has no position belongs on every map. */
export function isInArea<K extends ThingKind>(kind: K, thing: Things[K], bbox: Bbox): boolean {
  if (kind === 'threats') {
    const { geometry, radiusM } = thing as Things['threats'];
    return bboxTouches(bbox, geometryBbox(geometry, radiusM ?? 0));
  }
  const { lon, lat } = thing as { lon?: number | null; lat?: number | null }; // the other kinds have a point or none
  return typeof lon !== 'number' || typeof lat !== 'number' || bboxContains(bbox, lon, lat);
}

function listOf<K extends ThingKind>(
  kind: K,
  audience: Audience,
  context: ViewContext,
  bbox?: Bbox,
): Things[K][] {
  if (kind === 'patrols') return [];
  const list: Things[K][] = [];
  for (const id of context.picture[kind as Exclude<K, 'patrols'>].keys()) {
    const view = viewById(kind, id, audience, context);
    if (view && (!bbox || isInArea(kind, view, bbox))) list.push(view);
  }
  return list;
}

export function heartbeatOf(picture: Picture): { heartbeat?: Heartbeat } {
  const { heartbeat } = picture;
  if (!heartbeat) return {};
  const receivedAt = new Date(heartbeat.receivedAtMs).toISOString();
  return { heartbeat: { time: new Date(heartbeat.timeMs).toISOString(), receivedAt } };
}

/** The whole picture that the audience may see, within an area where one is given. */
export function pictureView(
  audience: Audience,
  context: ViewContext,
  cursor: string,
  bbox?: Bbox,
): PictureOut {
  return {
    cursor,
    at: new Date(context.atMs).toISOString(),
    units: listOf('units', audience, context, bbox),
    patrols: [],
    alerts: listOf('alerts', audience, context, bbox),
    threats: listOf('threats', audience, context, bbox),
    places: listOf('places', audience, context, bbox),
    ...heartbeatOf(context.picture),
    ...restrictedCount(audience, context),
  };
}
