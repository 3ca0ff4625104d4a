import type { SavedFixCounts } from './fix-counts.ts';
import { savedLiveFix } from './live-fix.ts';
import type { Picture, Unit } from './picture.ts';
import type { PackedTrack } from './packed-track.ts';
import { watchThings, type WatchPart } from './watch.ts';

/** What a frozen picture gives away, one thing at a time and each once. Nothing in it changes afterwards. */
export type FrozenThing =
  | { readonly kind: 'unit'; readonly unit: Unit; readonly track: PackedTrack | undefined }
  | { readonly kind: 'alerts' | 'threats' | 'places'; readonly id: string; readonly thing: unknown }
  | { readonly kind: 'sourceDeed' | 'village'; readonly id: string; readonly thing: unknown }
  | { readonly kind: 'alertSerial'; readonly key: string; readonly serial: number }
  | { readonly kind: 'fixCounts'; readonly saved: SavedFixCounts }
  | { readonly kind: 'watch'; readonly part: WatchPart; readonly id: string; readonly thing: unknown }
  | { readonly kind: 'rest'; readonly heartbeat: Picture['heartbeat']; readonly passedOver: number };

/**
 * The picture as it is at one moment, given away bit by bit while the fold goes on. Everything but the units is
 * replaced and never written over, or small and copied, so lists of references are enough. Units and their tracks are written over: the
 * fold calls `keep` before it touches one, and one that was not given away yet is then.
 */
export class Freeze {
  readonly seq: number;
  readonly #picture: Picture;
  readonly #give: (thing: FrozenThing) => void;
  /** By slot: 1 while the unit there, if there is one, is still to be given away. */
  readonly #waiting: Uint8Array;
  readonly #others: Iterator<FrozenThing>;
  #nextSlot = 0;
  #failure: { readonly cause: unknown } | undefined;

  /** Freezes now. At most one freeze of a picture at a time; `end` it. */
  constructor(picture: Picture, give: (thing: FrozenThing) => void) {
    if (picture.freeze) throw new Error('this picture is frozen already');
    this.seq = picture.seq;
    this.#picture = picture;
    this.#give = give;
    this.#waiting = new Uint8Array(picture.roster.length).fill(1);
    this.#others = othersOf(picture);
    picture.freeze = this;
  }

  /** The unit in this slot is about to be written over. */
  keep(slot: number): void {
    if (this.#waiting[slot] !== 1) return;
    this.#waiting[slot] = 0;
    const unit = this.#picture.roster[slot];
    if (!unit) return;
    const copy = { ...unit, live: unit.live && savedLiveFix(unit.live) };
    try {
      this.#give({ kind: 'unit', unit: copy, track: this.#picture.tracks.pack(slot) });
    } catch (cause) {
      // The fold must not suffer from what happens to a snapshot.
      this.#failure ??= { cause };
    }
  }

  /** Gives the next things away, for as long as `goOn` says; answers whether there are more. Throws what `give` threw. */
  giveWhile(goOn: () => boolean): boolean {
    while (goOn()) {
      if (this.#failure) throw this.#failure.cause;
      const other = this.#others.next();
      if (!other.done) this.#give(other.value);
      else if (this.#nextSlot < this.#waiting.length) this.keep(this.#nextSlot++);
      else return false;
    }
    return true;
  }

  end(): void {
    if (this.#picture.freeze === this) this.#picture.freeze = undefined;
  }
}

/** The lists are taken now, the things one by one as they are asked for. */
function othersOf(picture: Picture): Iterator<FrozenThing> {
  const { heartbeat, passedOver } = picture;
  const serials = [...picture.alertSerials];
  const saved = picture.fixCounts.save();
  const watch = [...watchThings(picture.watch)];
  const deeds = [...picture.sourceDeeds];
  const villages = [...picture.villages];
  const lists = (['alerts', 'threats', 'places'] as const).map(
    (kind) => [kind, [...picture[kind]] as ReadonlyArray<readonly [string, unknown]>] as const,
  );
  return (function* () {
    yield { kind: 'rest', heartbeat, passedOver } as const;
    yield { kind: 'fixCounts', saved } as const;
    for (const [key, serial] of serials) yield { kind: 'alertSerial', key, serial } as const;
    for (const [id, thing] of deeds) yield { kind: 'sourceDeed', id, thing } as const;
    for (const [id, thing] of villages) yield { kind: 'village', id, thing } as const;
    for (const [part, id, thing] of watch) yield { kind: 'watch', part, id, thing } as const;
    for (const [kind, things] of lists) for (const [id, thing] of things) yield { kind, id, thing };
  })();
}
