import type { Author, EventBody } from '../../shared/model/entry.ts';
import { encodeFixBatch } from '../../shared/model/fix-batch.ts';
import type { Fix } from '../../shared/model/position.ts';
import type { Role } from '../../shared/role.ts';
import { encodeEvent, fold, newPicture, type FoldedEntry } from '../../server/picture/fold.ts';
import type { Picture, Unit } from '../../server/picture/picture.ts';
import { MovedUnits } from '../../server/picture/roster.ts';

export const atStartMs = Date.parse('2026-11-22T16:40:00Z');

export function author(role: Role, id: string = role): Author {
  return { id, role, name: `The ${role}` };
}

/** A picture that entries are folded into one after another, a second apart. */
export class Folding {
  readonly picture: Picture = newPicture();
  atMs = atStartMs;
  private seq = 0;
  private readonly moved = new MovedUnits();

  event(body: EventBody, by: Author = author('watch')): FoldedEntry | undefined {
    this.atMs += 1_000;
    const bytes = encodeEvent({ v: 1, ref: `test:${this.seq}`, author: by, body });
    return fold(this.picture, { seq: ++this.seq, atMs: this.atMs, stream: 'events', body: bytes });
  }

  fixes(
    fixes: readonly Fix[],
    options: { mayRegister?: boolean; by?: Author; atMs?: number } = {},
  ): FoldedEntry | undefined {
    this.atMs = options.atMs ?? this.atMs + 1_000;
    const by = options.by ?? author('feed');
    const bytes = encodeFixBatch({
      ref: `test:${this.seq}`,
      author: by,
      mayRegister: options.mayRegister ?? true,
      fixes,
    });
    return fold(
      this.picture,
      { seq: ++this.seq, atMs: this.atMs, stream: 'positions', body: bytes },
      this.moved,
    );
  }

  /** The units that moved since the last call. */
  takeMoved(): Unit[] {
    return this.moved.take(this.picture);
  }

  raw(stream: 'positions' | 'events', body: Uint8Array): FoldedEntry | undefined {
    return fold(this.picture, { seq: ++this.seq, atMs: this.atMs, stream, body });
  }
}

export function fix(unit: string, timeMs: number, more: Partial<Fix> = {}): Fix {
  return { unit, device: 'd1', timeMs, lon: 29.5, lat: 1.5, ...more };
}
