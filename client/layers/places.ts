import type { Layer } from '@deck.gl/core';
import { IconLayer } from '@deck.gl/layers';
import type { PlaceOut } from '../../shared/model/place.ts';
import type { Scene } from './scene.ts';
import { sizes } from './style.ts';

/** How early a place matters as one zooms in: 0 always, higher later. Larger villages before smaller ones. */
export function placeRank({ kind, population }: PlaceOut): number {
  if (kind === 'base') return 0;
  if (kind === 'site' || kind === 'hospital') return 1;
  if (kind === 'landing-zone') return 3;
  const people = population ?? 0;
  if (people >= 5_000) return 2;
  return people >= 1_000 ? 3 : 4;
}

/** Zoom from which a place of a rank is marked, and from which it is named. */
const markFromZoom = [0, 4, 5, 6, 7] as const;
const nameFromZoom = [5, 7, 7.5, 9, 10] as const;

export function isMarked(place: PlaceOut, zoom: number): boolean {
  return zoom >= (markFromZoom[placeRank(place)] ?? 9);
}

export function isNamed(place: PlaceOut, zoom: number): boolean {
  return zoom >= (nameFromZoom[placeRank(place)] ?? 11);
}

/** Places: quiet marks by kind, small from afar; a village that is silent is hollow. */
export function placeLayers({ places, silentVillages, icons, markScale, zoom }: Scene): Layer[] {
  const near = zoom >= 9 ? 1 : 0.72;
  return [
    new IconLayer<PlaceOut>({
      id: 'places',
      data: places.filter((place) => isMarked(place, zoom)),
      iconAtlas: icons.image,
      iconMapping: icons.mapping,
      getPosition: ({ lon, lat }) => [lon, lat],
      getIcon: ({ kind, id }) => (silentVillages.has(id) ? 'place-silent' : `place-${kind}`),
      getSize: sizes.place * markScale,
      sizeScale: near,
      pickable: true,
      updateTriggers: { getIcon: silentVillages },
    }),
  ];
}
