import type { Layer } from '@deck.gl/core';
import { PathLayer } from '@deck.gl/layers';
import type { Route } from '../store/routes.svelte.ts';
import type { Scene } from './scene.ts';
import { paletteOf, withAlpha } from './style.ts';

/** Pixels; a way that is only looked at is thinner than one that is meant. */
const widthPx = { chosen: 4, looked: 2.5 } as const;
const casingPx = 3;

/** Ways to an alert, under everything that stands on them: a line with an edge, so that roads do not swallow it. */
export function routeLayers({ routes, theme, markScale }: Scene): Layer[] {
  if (routes.length === 0) return [];
  const { unit, halo } = paletteOf(theme);
  // What is meant lies over what is only looked at.
  const data = [...routes].sort((a, b) => Number(a.isChosen) - Number(b.isChosen));
  const width = ({ isChosen }: Route): number => (isChosen ? widthPx.chosen : widthPx.looked) * markScale;
  const common = {
    data,
    getPath: ({ line }: Route) => line as [number, number][], // the layer only reads them
    widthUnits: 'pixels' as const,
    capRounded: true,
    jointRounded: true,
  };
  return [
    new PathLayer<Route>({
      ...common,
      id: 'route-edges',
      getColor: [...halo],
      getWidth: (route) => width(route) + casingPx * markScale,
    }),
    new PathLayer<Route>({
      ...common,
      id: 'routes',
      getColor: ({ isChosen }) => [...(isChosen ? unit : withAlpha(unit, 170))],
      getWidth: width,
    }),
  ];
}
