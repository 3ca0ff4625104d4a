import type { Geometry } from '../../shared/model/threat.ts';
import type { MapPoint } from './selection.svelte.ts';

export const shapes = ['point', 'line', 'polygon', 'circle'] as const;
export type Shape = (typeof shapes)[number];

/** What was drawn, as the picture holds it: a circle is its middle and a radius. */
export interface Drawn {
  readonly geometry: Geometry;
  /** Metres, of a circle only. */
  readonly radiusM?: number;
}

/** The pencil: which shape the operator is drawing for a form, and what has been drawn. */
export class Drawing {
  /** The shape that the next clicks on the map draw; undefined while nobody draws. */
  shape = $state.raw<Shape | undefined>();
  drawn = $state.raw<Drawn | undefined>();
  /** How the form rates what is drawn, 1 to 25: it is hatched as the threat will be. */
  level = $state(9);

  /** Takes the pencil for a shape, or puts it away when it is in the hand for that shape already. */
  take(shape: Shape): void {
    this.shape = this.shape === shape ? undefined : shape;
  }

  finish(drawn: Drawn): void {
    this.drawn = drawn;
    this.shape = undefined;
  }

  putAway(): void {
    this.shape = undefined;
  }

  clear(): void {
    this.shape = undefined;
    this.drawn = undefined;
  }
}

export function circleAround({ lon, lat }: MapPoint, radiusM: number): Drawn {
  const geometry: Geometry = { type: 'Point', coordinates: [lon, lat] };
  return radiusM > 0 ? { geometry, radiusM } : { geometry };
}
