import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Place } from '../../../shared/model/place.ts';
import { readingSchema } from '../../../shared/model/reading.ts';
import { newPicture } from '../../../server/picture/fold.ts';
import { fieldsOf } from '../../../server/reading/fields-of.ts';
import { PlaceNames } from '../../../server/reading/place-names.ts';
import { readMessage, type Reading } from '../../../server/reading/reading.ts';

const village = (id: string, name: string, lon: number, lat: number, names?: string[]): Place => ({
  id,
  kind: 'village',
  name,
  lon,
  lat,
  names,
});

/** An invented coast. */
const places = [
  village('v1', 'Tanduru', -20, 5),
  village('v2', 'Kilo Moto', -20.3, 5.2),
  village('v3', 'Tanduru', -24, 9),
  village('v4', 'Help', -20.1, 5.1),
  village('v5', 'Dar Salim', -20.2, 5.3, ['دار سليم']),
];
const picture = newPicture();
for (const place of places) picture.places.set(place.id, { place, changedSeq: 0 });
const names = new PlaceNames({ picture, onNews: () => () => undefined });
await names.ready();

function read(
  text: string,
  more: { senderPlaceId?: string; near?: { lon: number; lat: number } } = {},
): Reading {
  return readMessage({ text, atMs: 0, ...more }, names);
}

describe('where a message is about', () => {
  const near = { lon: -20.1, lat: 5 };

  it('is the sender’s village, doubted where the text names another', () => {
    const alone = read('they are shooting', { senderPlaceId: 'v1' });
    expect(alone.place).toMatchObject({ placeId: 'v1', how: 'sender', precision: 'village' });
    const other = read('they are shooting in Kilo Moto', { senderPlaceId: 'v1' });
    expect(other.place?.placeId).toBe('v1');
    expect(other.place?.confidence).toBeLessThan(alone.place?.confidence ?? 0);
    expect(other.otherPlaces.map(({ placeId }) => placeId)).toContain('v2');
  });

  it.each([
    ['gunmen in Tanduru now', 'v1'],
    ['waasi wameingia TANDOUROU', 'v1'],
    ['attaque à Kilo-Moto', 'v2'],
    ['attack near Kilo Mooto', 'v2'],
    ['هجوم على دار سليم الآن', 'v5'],
  ])('is read off a name, however it is spelt: %s', (text, id) => {
    expect(read(text, { near }).place).toMatchObject({ placeId: id, how: 'name' });
  });

  it('is unsure where two villages have the name and nobody knows where the sender is', () => {
    const sure = read('gunmen in Tanduru', { near }).place?.confidence ?? 0;
    const unsure = read('gunmen in Tanduru');
    expect(unsure.place?.confidence).toBeLessThan(sure);
    expect([unsure.place, ...unsure.otherPlaces].map((place) => place?.placeId).sort()).toEqual(['v1', 'v3']);
  });

  it('is not a village whose name is an ordinary word', () => {
    expect(fieldsOf(read('please help us', { near }))).toMatchObject({ precision: 'unknown' });
  });

  it.each([
    'attack at 5.1234, -20.5678 send help',
    'attack at 5°07\'24"N 20°34\'04"W now',
    'attaque https://maps.google.com/?q=5.1234,-20.5678 vite',
    'lat 5.1234 lon -20.5678 attack',
  ])('is where the coordinates say: %s', (text) => {
    const { place } = read(text);
    expect(place).toMatchObject({ how: 'coordinates', precision: 'exact' });
    expect(place?.lat).toBeCloseTo(5.1234, 3);
    expect(place?.lon).toBeCloseTo(-20.5678, 3);
  });

  it('is no grid where a number stands before men', () => {
    expect(read('AT 5 MEN 20 30 METRES AWAY').coordinates).toBeUndefined();
  });
});

describe('what a message is about', () => {
  it.each([
    ['Gunmen are shooting now, help', 'en', 'attack-in-progress', 'P1'],
    ['hier les rebelles ont tué 4 personnes', 'fr', 'killing', 'P3'],
    ['waasi wanashambulia kijiji sasa hivi', 'sw', 'attack-in-progress', 'P1'],
    ['bazobeta masasi na mboka sikoyo', 'ln', 'attack-in-progress', 'P1'],
    ['ala pika ngombe na kodoro fadeso', 'sg', 'attack-in-progress', 'P1'],
    ['musallahin hajamu garya hassa, alhaguna', 'ar', 'attack-in-progress', 'P1'],
    ['خطفوا 3 رجال امس', 'ar', 'abduction', 'P3'],
  ])('%s', (text, language, category, priority) => {
    const reading = read(text);
    expect(reading).toMatchObject({ language, category: { value: category }, priority: { value: priority } });
  });

  it.each(['there was no attack', 'hakuna mauaji', 'pas de tirs'])('is not what it denies: %s', (text) => {
    expect(read(text).category.value).toBe('other');
  });

  it('restricts what speaks of sexual violence, and of children as victims, but not of children who flee', () => {
    expect(read('they raped two women').restricted).toBe('crsv');
    expect(read('they kidnapped four children').restricted).toBe('child');
    expect(read('women and children fleeing').restricted).toBeUndefined();
  });

  it('counts', () => {
    expect(read('40 armed men came, 3 dead').numbers).toMatchObject({ men: 40, dead: 3 });
  });
});

describe('whatever comes', () => {
  it('is never refused, and what is read can be kept', () => {
    const scraps = fc.constantFrom(
      'Tanduru',
      'attack',
      '35N',
      '5.12,',
      '°',
      'https://',
      '😱',
      '\ud800',
      'هجوم',
      '\0',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 1_600 }),
      fc.array(fc.oneof(scraps, fc.string({ maxLength: 5 })), { maxLength: 200 }).map((all) => all.join(' ')),
    );
    fc.assert(
      fc.property(text, (given) => {
        expect(readingSchema.safeParse(read(given)).error).toBeUndefined();
      }),
    );
  });
});
