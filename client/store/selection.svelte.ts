import { Drawing } from './drawing.svelte.ts';

export type ThingRef = { readonly kind: 'alert' | 'unit' | 'threat' | 'place'; readonly id: string };

/** A point the operator is putting on the map for a form, longitude first. */
export type MapPoint = { readonly lon: number; readonly lat: number };

/** What the operator has chosen, and which card stands on the right. One thing at a time. */
export class Selection {
  thing = $state.raw<ThingRef | undefined>();
  /** Whether a form for something new stands in the card's place, and for what. */
  raising = $state(false);
  raises = $state<'alert' | 'threat' | 'signal'>('alert');
  /** What is drawn on the map for that form. */
  readonly drawing = new Drawing();
  /** Whether the next click on the map sets `point`. */
  placing = $state(false);
  point = $state.raw<MapPoint | undefined>();

  select(kind: ThingRef['kind'], id: string): void {
    this.thing = { kind, id };
    this.#endForm();
  }

  raise(): void {
    this.#beginForm('alert');
    this.placing = true;
  }

  raiseThreat(): void {
    this.#beginForm('threat');
  }

  raiseSignal(): void {
    this.#beginForm('signal');
  }

  /** Takes one step back: out of placing, out of the form, out of the selection. */
  back(): void {
    if (this.raising) this.#endForm();
    else this.thing = undefined;
    this.placing = false;
  }

  place(point: MapPoint): void {
    this.point = point;
    this.placing = false;
  }

  #beginForm(what: Selection['raises']): void {
    this.#endForm();
    this.thing = undefined;
    this.raises = what;
    this.raising = true;
  }

  #endForm(): void {
    this.drawing.clear();
    this.raising = false;
    this.placing = false;
    this.point = undefined;
  }

  is(kind: ThingRef['kind'], id: string): boolean {
    return this.thing?.kind === kind && this.thing.id === id;
  }
}
