import type { ErrorEvent, Map as GroundMap, MapSourceDataEvent } from 'maplibre-gl';
import { forgetPack } from './basemap.ts';
import { GroundCare, type TileAt } from './ground-care.ts';

/** How the map says that the worker which reads its tiles is not there; it never starts another by itself. */
const workerGone = /^Worker failed to load/;

/**
 * Listens to what fails and arrives of the ground of a map, and has what failed fetched again. `lost` is called where
 * only another map can help.
 */
export function watchGround(
  map: GroundMap,
  told: (isMissing: boolean) => void,
  lost: () => void,
): GroundCare {
  const care = new GroundCare({
    forget: (source) => {
      const given = map.getStyle().sources[source];
      if (given?.type === 'vector' && given.url !== undefined) forgetPack(given.url);
    },
    readAgain: (source, tiles) => {
      if (map.getSource(source)) map.refreshTiles(source, [...tiles]);
    },
    told,
    setTimeout: (run, ms) => setTimeout(run, ms),
    clearTimeout: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>), // made above
  });
  map.on('error', (event: ErrorEvent & Partial<Pick<MapSourceDataEvent, 'sourceId' | 'tile'>>) => {
    const tile = tileOf(event);
    if (event.sourceId !== undefined && tile) care.failed(event.sourceId, tile);
    else if (workerGone.test(event.error.message)) lost();
    // As the map does where nobody listens. What a worker says comes without a name and a stack.
    else console.error('map:', event.error.message);
  });
  map.on('sourcedata', (event) => {
    const tile = tileOf(event);
    if (tile) care.arrived(event.sourceId, tile);
  });
  return care;
}

/** The tile an event is about; the map types it as anything. */
function tileOf({ tile }: { tile?: unknown }): TileAt | undefined {
  return (tile as { tileID: { canonical: TileAt } } | undefined)?.tileID.canonical;
}
