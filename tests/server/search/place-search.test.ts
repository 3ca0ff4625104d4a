import { describe, expect, it } from 'vitest';
import type { PictureNews } from '../../../server/picture/live-picture.ts';
import type { Picture } from '../../../server/picture/picture.ts';
import { PlaceSearch, type Point } from '../../../server/search/place-search.ts';
import type { Place } from '../../../shared/model/place.ts';
import { Folding } from '../../support/entries.ts';

function village(id: string, name: string, more: Partial<Place> = {}): Place {
  return { id, kind: 'village', name, lon: 25, lat: 0, ...more };
}

/** A search over a picture of its own, whose slices the test runs one by one. */
class Stage {
  readonly #folding = new Folding();
  readonly #listeners: ((news: PictureNews) => void)[] = [];
  readonly #slices: (() => void)[] = [];
  picture: Picture = this.#folding.picture;
  readonly search = new PlaceSearch(
    Object.defineProperty(
      { onNews: (listener: (news: PictureNews) => void) => void this.#listeners.push(listener) },
      'picture',
      {
        get: () => this.picture,
      },
    ) as ConstructorParameters<typeof PlaceSearch>[0], // the property is the line before
    (slice) => void this.#slices.push(slice),
  );

  import(...places: Place[]): void {
    const folded = this.#folding.event({ kind: 'places.imported', places });
    this.tell({ changes: folded?.changes ?? [] });
  }

  tell(news: Partial<PictureNews>): void {
    for (const listener of this.#listeners)
      listener({ changes: [], moved: [], fresh: false, ...news } as PictureNews); // only these are listened to
  }

  /** Runs one slice; says whether there was one. */
  step(): boolean {
    const slice = this.#slices.shift();
    slice?.();
    return slice !== undefined;
  }

  build(): void {
    void this.search.ready();
    while (this.step());
  }

  names(typed: string, near?: Point, limit = 10): string[] {
    const see = (id: string) => this.picture.places.get(id)?.place;
    return this.search.find({ typed, limit, near, see }).map(({ name, match }) => `${name}: ${match}`);
  }
}

describe('ranking', () => {
  it('puts the very name first, then what sounds the same, what begins so, and what has a letter wrong', () => {
    const stage = new Stage();
    stage.import(
      village('1', 'Bunyakiri'),
      village('2', 'Bunia', { population: 300_000 }),
      village('3', 'Bunyo'),
      village('4', 'Bunya'),
    );
    stage.build();
    expect(stage.names('bunya')).toEqual(['Bunya: exact', 'Bunia: variant', 'Bunyakiri: prefix']);
    expect(stage.names('Bunyu')).toEqual(['Bunia: typo', 'Bunya: typo', 'Bunyo: typo', 'Bunyakiri: typo']);
  });

  it('puts bases and hospitals before villages, large before small, near before far', () => {
    const stage = new Stage();
    stage.import(
      village('far', 'Mabanga', { lon: 30 }),
      village('near', 'Mabanga', { lon: 25.1 }),
      village('town', 'Mabanga', { lon: 40, population: 20_000 }),
      village('base', 'Mabanga', { kind: 'base', lon: 41 }),
      village('hospital', 'Mabanga', { kind: 'hospital', lon: 42 }),
    );
    stage.build();
    const see = (id: string) => stage.picture.places.get(id)?.place;
    const found = stage.search.find({ typed: 'mabanga', limit: 10, near: { lon: 25, lat: 0 }, see });
    expect(found.map(({ id }) => id)).toEqual(['base', 'hospital', 'town', 'near', 'far']);
  });

  it('finds by another name and says by which, without giving all the others', () => {
    const stage = new Stage();
    stage.import(
      village('k', 'Kisangani', { names: ['Stanleyville', 'كيسانغاني'] }),
      village('s', 'Stanley'),
    );
    stage.build();
    const see = (id: string) => stage.picture.places.get(id)?.place;
    expect(stage.search.find({ typed: 'stanleyvile', limit: 1, near: undefined, see })).toEqual([
      { ...village('k', 'Kisangani'), match: 'variant', spelling: 'Stanleyville' },
    ]);
    expect(stage.names('كيسانغاني')).toEqual(['Kisangani: exact']);
  });

  it('finds by a later word, and while a name with an error is still being typed', () => {
    const stage = new Stage();
    stage.import(village('1', 'Camp Kilo Moto'), village('2', 'Kisangani'));
    stage.build();
    expect(stage.names('moto')).toEqual(['Camp Kilo Moto: prefix']);
    expect(stage.names('kizang')).toEqual(['Kisangani: typo']);
    expect(stage.names('')).toEqual([]);
    expect(stage.names('…')).toEqual([]);
  });

  it('passes over what the asker may not see, and gives no more than asked for', () => {
    const stage = new Stage();
    stage.import(...['a', 'b', 'c', 'd'].map((id) => village(id, 'Mabiri')));
    stage.build();
    const see = (id: string) => (id === 'a' ? undefined : stage.picture.places.get(id)?.place);
    const found = stage.search.find({ typed: 'mabiri', limit: 2, near: undefined, see });
    expect(found.map(({ id }) => id)).toEqual(['b', 'c']);
  });
});

describe('the index', () => {
  const many = Array.from({ length: 120 }, (_, at) => village(`v${at}`, `Mabiri ${at}`));

  it('reads nothing before somebody searches, and then in slices', async () => {
    const stage = new Stage();
    stage.import(...many);
    expect(stage.step()).toBe(false);
    const ready = stage.search.ready();
    expect(stage.search.size).toBe(0);
    const sizes: number[] = [];
    while (stage.step()) sizes.push(stage.search.size);
    expect(sizes).toEqual([50, 100, 120]);
    await ready;
    await stage.search.ready();
    expect(stage.step()).toBe(false);
  });

  it('follows imports: new places, and places under another name', () => {
    const stage = new Stage();
    stage.import(village('1', 'Mabiri'));
    stage.build();
    stage.import(village('1', 'Kabasha', { names: ['Mont Kabasha'] }), village('2', 'Luofu'));
    stage.build();
    expect([
      stage.names('mabiri'),
      stage.names('kabasha'),
      stage.names('mont'),
      stage.names('lwofu'),
    ]).toEqual([[], ['Kabasha: exact'], ['Kabasha: prefix'], ['Luofu: variant']]);
  });

  it('begins anew with another record', () => {
    const stage = new Stage();
    stage.import(village('1', 'Mabiri'));
    stage.build();
    stage.picture = new Folding().picture;
    stage.tell({ fresh: true });
    stage.build();
    expect(stage.names('mabiri')).toEqual([]);
    expect(stage.search.size).toBe(0);
  });
});
