import type { PlaceOut } from '../../../shared/model/place.ts';
import { thingKinds, type ThingKind } from '../../../shared/picture/picture.ts';
import type { FrameNews, OtherThings, ThingsPatch } from '../../../shared/wire/wire.ts';
import type { Audience } from '../../audience/audience.ts';
import { viewById } from '../../audience/picture-view.ts';
import { restrictedCount } from '../../audience/restricted-count.ts';
import type { ViewContext } from '../../audience/view-context.ts';

type OtherKind = keyof OtherThings;
const otherKinds = thingKinds.filter((kind): kind is OtherKind => kind !== 'units');
type RecordedKind = Exclude<OtherKind, 'patrols'>;
const recordedKinds: readonly RecordedKind[] = ['alerts', 'threats', 'places'];

/**
 * Everything but units as one audience sees it: written down once for all its viewers, as the inside of a JSON
 * object (`"things":{…}`) that is put together with other news of a frame.
 */
export class ThingsBoard {
  readonly audience: Audience;
  readonly #changed = new Map<OtherKind, Set<string>>(otherKinds.map((kind) => [kind, new Set()]));
  /** What the viewers have been given. */
  readonly #known = new Map<OtherKind, Set<string>>(otherKinds.map((kind) => [kind, new Set()]));
  #restrictedOpen: number | null | undefined;
  #placesText: { readonly size: number; readonly seq: number; readonly text: string } | undefined;
  #whole: { readonly seq: number; readonly atMs: number; readonly text: string } | undefined;

  constructor(audience: Audience, context: ViewContext) {
    this.audience = audience;
    for (const kind of recordedKinds) {
      for (const id of context.picture[kind].keys()) {
        if (viewOrNothing(kind, id, audience, context)) this.#known.get(kind)?.add(id);
      }
    }
    this.#restrictedOpen = restrictedCount(audience, context).restrictedOpen;
  }

  note(kind: OtherKind, id: string): void {
    this.#changed.get(kind)?.add(id);
  }

  /** For audiences whose own place decides what they see: notes the threats that came into sight or left it. */
  lookAgain(context: ViewContext): void {
    const known = this.#known.get('threats');
    for (const id of context.picture.threats.keys()) {
      const isSeen = viewOrNothing('threats', id, this.audience, context) !== undefined;
      if (isSeen !== known?.has(id)) this.note('threats', id);
    }
  }

  /** What changed since the last call; undefined where nothing of it shows to this audience. */
  take(context: ViewContext): string | undefined {
    const patch = emptyPatch();
    for (const [kind, ids] of this.#changed) {
      for (const id of ids) this.#takeOne(kind, id, context, patch);
      ids.clear();
    }
    const { restrictedOpen } = restrictedCount(this.audience, context);
    const isRecounted = restrictedOpen !== this.#restrictedOpen;
    this.#restrictedOpen = restrictedOpen;
    const isEmpty = patch.removed.length === 0 && otherKinds.every((kind) => patch[kind].length === 0);
    if (isEmpty && !isRecounted) return undefined;
    this.#whole = undefined;
    const news: FrameNews = {
      ...(isEmpty ? {} : { things: patch }),
      ...(isRecounted && restrictedOpen !== undefined ? { restrictedOpen } : {}),
    };
    return inside(news);
  }

  /** Everything the audience may see. Call after `take` in the same tick. */
  whole(context: ViewContext): string {
    const { seq } = context.picture;
    if (this.#whole?.seq === seq && this.#whole.atMs === context.atMs) return this.#whole.text;
    const patch = emptyPatch();
    for (const kind of ['alerts', 'threats'] as const) this.#takeAll(kind, context, patch, -1);
    const { places: _places, ...rest } = patch;
    const things = `"things":{${inside(rest)},"places":${this.#places(context)}}`;
    const { restrictedOpen } = restrictedCount(this.audience, context);
    const text = restrictedOpen === undefined ? things : `${things},${inside({ restrictedOpen })}`;
    this.#whole = { seq, atMs: context.atMs, text };
    return text;
  }

  /** What changed after `sinceSeq`, and the ids of all that is visible, places apart: those never vanish. */
  since(context: ViewContext, sinceSeq: number): string {
    const patch = emptyPatch();
    for (const kind of recordedKinds) this.#takeAll(kind, context, patch, sinceSeq);
    const ids = {
      alerts: [...(this.#known.get('alerts') ?? [])],
      threats: [...(this.#known.get('threats') ?? [])],
      patrols: [],
    };
    return inside({ things: patch, ids, ...restrictedCount(this.audience, context) });
  }

  #takeOne(kind: OtherKind, id: string, context: ViewContext, patch: MutablePatch): void {
    const view = viewOrNothing(kind, id, this.audience, context);
    const known = this.#known.get(kind);
    if (view) {
      put(patch, kind, view);
      known?.add(id);
    } else if (known?.delete(id)) patch.removed.push({ kind, id });
  }

  #takeAll(kind: RecordedKind, context: ViewContext, patch: MutablePatch, sinceSeq: number): void {
    for (const [id, thing] of context.picture[kind]) {
      if (thing.changedSeq <= sinceSeq) continue;
      const view = viewOrNothing(kind, id, this.audience, context);
      if (view) put(patch, kind, view);
    }
  }

  /** Ten thousand villages are put into words once, not once a viewer. */
  #places(context: ViewContext): string {
    const { places } = context.picture;
    const seq = [...places.values()].reduce((latest, { changedSeq }) => Math.max(latest, changedSeq), 0);
    if (this.#placesText?.size === places.size && this.#placesText.seq === seq) return this.#placesText.text;
    const patch = emptyPatch();
    this.#takeAll('places', context, patch, -1);
    const text = JSON.stringify(patch.places);
    this.#placesText = { size: places.size, seq, text };
    return text;
  }
}

type MutablePatch = {
  -readonly [K in keyof ThingsPatch]: ThingsPatch[K] extends readonly (infer T)[] ? T[] : never;
};

function emptyPatch(): MutablePatch {
  return { patrols: [], alerts: [], threats: [], places: [], removed: [] };
}

function put(patch: MutablePatch, kind: OtherKind, view: unknown): void {
  (patch[kind] as unknown[]).push(kind === 'places' ? withoutNames(view as PlaceOut) : view); // made by the view function of this kind
}

/** One thing that cannot be drawn up costs nobody the others; it is missing until it changes again. */
function viewOrNothing(kind: ThingKind, id: string, audience: Audience, context: ViewContext): unknown {
  try {
    return viewById(kind, id, audience, context);
  } catch {
    return undefined;
  }
}

/** JSON of an object without its braces. */
export function inside(news: object): string {
  return JSON.stringify(news).slice(1, -1);
}

/** Other spellings are for searching, which the server does: on the wire they would double the bytes of a village. */
function withoutNames({ names: _names, ...place }: PlaceOut): PlaceOut {
  return place;
}
