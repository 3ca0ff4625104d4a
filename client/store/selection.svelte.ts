export type ThingRef = { readonly kind: 'alert' | 'unit' | 'threat' | 'place'; readonly id: string };

/** A point the operator is putting on the map for a form, longitude first. */
export type MapPoint = { readonly lon: number; readonly lat: number };

/** What the operator has chosen, and which card stands on the right. One thing at a time. */
export class Selection {
  thing = $state.raw<ThingRef | undefined>();
  /** Whether the form for a new alert stands in the card's place. */
  raising = $state(false);
  /** Whether the next click on the map sets `point`. */
  placing = $state(false);
  point = $state.raw<MapPoint | undefined>();

  select(kind: ThingRef['kind'], id: string): void {
    this.thing = { kind, id };
    this.#endForm();
  }

  raise(): void {
    this.thing = undefined;
    this.raising = true;
    this.placing = true;
    this.point = undefined;
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

  #endForm(): void {
    this.raising = false;
    this.placing = false;
    this.point = undefined;
  }

  is(kind: ThingRef['kind'], id: string): boolean {
    return this.thing?.kind === kind && this.thing.id === id;
  }
}
