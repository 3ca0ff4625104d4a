import fc from 'fast-check';
import { forward } from 'mgrs';
import { describe, expect, it } from 'vitest';
import { decimalText, dmsText, mgrsText, utmText } from '../../../shared/geo/coordinates.ts';
import { distanceM } from '../../../shared/geo/distance.ts';
import { parseCoordinates } from '../../../shared/geo/parse-coordinates.ts';
import { fromUtm, toUtm } from '../../../shared/geo/utm.ts';

function first(text: string): readonly [lon: number, lat: number] {
  const answer = parseCoordinates(text);
  if (!answer.ok) throw new Error(`${text}: ${answer.problem}`);
  const [reading] = answer.readings;
  return [reading?.lon ?? NaN, reading?.lat ?? NaN];
}
function away(text: string, lon: number, lat: number): number {
  return distanceM(...first(text), lon, lat);
}
const problemOf = (text: string) => {
  const answer = parseCoordinates(text);
  return answer.ok ? 'none' : answer.problem;
};

describe('a position in any notation', () => {
  // 1.742° N 30.303° E, in the corner where zones 35 and 36 and bands M and N meet.
  it.each([
    '1.742, 30.303',
    '1.742 30.303',
    '1,742 30,303',
    '1,742; 30,303',
    '1,742, 30,303',
    '+1.742 +30.303',
    '1.742N 30.303E',
    'N1.742 E30.303',
    'n 1.742, e 30.303',
    '30.303 E, 1.742 N',
    '1.742° N 30.303° E',
    '1°44.52′ N 30°18.18′ E',
    '01°44′31.2″ N 030°18′10.8″ E',
    `1d44m31.2s N 30d18m10.8s E`,
    '1 44 31.2 N 30 18 10.8 E',
    `N 1° 44' 31,2" E 30° 18' 10,8"`,
    '1 44.52 30 18.18',
    'geo:1.742,30.303;u=35',
    'https://www.openstreetmap.org/#map=12/1.742/30.303',
    'https://www.openstreetmap.org/?mlat=1.742&mlon=30.303',
    'https://maps.google.com/?q=1.742,30.303',
    'https://www.google.com/maps/@1.742,30.303,15z',
  ])('%s', (text) => expect(away(text, 30.303, 1.742)).toBeLessThan(1));

  it('south and west, with the French ouest', () => {
    expect(away('12.5S 7.25O', -7.25, -12.5)).toBeLessThan(1);
    expect(away('-12.5, -7.25', -7.25, -12.5)).toBeLessThan(1);
    expect(away("12°30' S 7°15' W", -7.25, -12.5)).toBeLessThan(1);
  });

  it.each([
    { name: 'Beni, zone 35', lon: 29.473, lat: 0.491 },
    { name: 'Bunia, zone 36', lon: 30.252, lat: 1.566 },
    { name: 'Goma, south of the equator', lon: 29.235, lat: -1.679 },
    { name: 'by the antimeridian', lon: 179.9, lat: -16.5 },
  ])('MGRS and UTM: $name', ({ lon, lat }) => {
    const grid = mgrsText(lon, lat) ?? '';
    for (const text of [grid, grid.replaceAll(' ', ''), grid.toLowerCase(), `MGRS ${grid}`])
      expect(away(text, lon, lat)).toBeLessThan(1.5);
    expect(away(utmText(lon, lat) ?? '', lon, lat)).toBeLessThan(1.5);
    expect(away((utmText(lon, lat) ?? '').replace(/ [EN]/g, ''), lon, lat)).toBeLessThan(1.5);
  });

  it('a grid square stands for its middle, and says how large it is', () => {
    const answer = parseCoordinates('35N QB 123 678');
    expect(answer).toMatchObject({ ok: true, readings: [{ format: 'mgrs', precisionM: 100 }] });
    expect(forward([...first('35N QB 123 678')], 3)).toBe('35NQB123678');
  });

  it('two plain numbers are read both ways, as they are spoken first', () => {
    const answer = parseCoordinates('30.3 1.7');
    expect(answer).toMatchObject({
      ok: true,
      readings: [
        { lat: 30.3, lon: 1.7 },
        { lat: 1.7, lon: 30.3 },
      ],
    });
    expect(parseCoordinates('130.3, 1.7')).toMatchObject({ ok: true, readings: [{ lat: 1.7, lon: 130.3 }] });
  });

  it('the S of UTM may be a band or the south', () => {
    const answer = parseCoordinates('35S 712345 4192345');
    expect(answer.ok && answer.readings.map(({ lat }) => Math.sign(lat))).toEqual([-1, 1]);
  });
});

describe('what is no position', () => {
  it.each([
    ['Mabiri', 'not-a-position'],
    ['', 'not-a-position'],
    ['12', 'not-a-position'],
    ['91.5N 30E', 'latitude-range'],
    ['1N 181E', 'longitude-range'],
    ["1°60' N 30°10' E", 'minutes-range'],
    ["1.5°30' N 30°10' E", 'minutes-range'],
    ['1N 30N', 'letters'],
    ['N1N E30', 'letters'],
    ['35N QB 123 67', 'mgrs-digits'],
    ['35N QB 12345678901', 'mgrs-digits'],
    ['35N AB 12345 67890', 'mgrs-square'],
    ['61N QB 12345 67890', 'mgrs-square'],
    ['35N 50000 192345', 'utm-range'],
    ['https://example.org/about', 'not-a-position'],
  ])('%j: %s', (text, problem) => expect(problemOf(text)).toBe(problem));

  it('anything at all is answered, and what is answered lies on the earth', () => {
    const pieces = fc.constantFrom(
      '1',
      '30',
      '.',
      ',',
      ' ',
      '-',
      'N',
      'E',
      'O',
      '°',
      "'",
      '"',
      '35',
      'QB',
      '/',
      'geo:',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces, { maxLength: 14 }).map((all) => all.join('')),
        ),
        (text) => {
          const answer = parseCoordinates(text);
          for (const { lon, lat } of answer.ok ? answer.readings : []) {
            expect(Math.abs(lon)).toBeLessThanOrEqual(180);
            expect(Math.abs(lat)).toBeLessThanOrEqual(90);
          }
        },
      ),
    );
  });
});

describe('what we write we read', () => {
  const lon = fc.double({ min: -179.9, max: 179.9, noNaN: true });
  const lat = fc.double({ min: -79.5, max: 83.5, noNaN: true });
  it.each([
    ['decimal', (x: number, y: number) => decimalText(x, y), 2],
    ['degrees, minutes, seconds', dmsText, 25],
    ['MGRS', mgrsText, 1.5],
    ['UTM', utmText, 1.5],
  ] as const)('%s', (_, write, withinM) => {
    fc.assert(
      fc.property(lon, lat, (x, y) => {
        const text = write(x, y) ?? '';
        const answer = parseCoordinates(text);
        const nearest = answer.ok
          ? Math.min(...answer.readings.map((one) => distanceM(one.lon, one.lat, x, y)))
          : Infinity;
        expect(nearest, text).toBeLessThan(withinM);
      }),
    );
  });

  it('UTM agrees with MGRS on the metre, and comes back to the millimetre', () => {
    fc.assert(
      fc.property(lon, lat, (x, y) => {
        const point = toUtm(x, y);
        const back = fromUtm(point);
        expect(distanceM(back.lon, back.lat, x, y)).toBeLessThan(0.001);
        const digits = forward([x, y], 5).slice(-10);
        const off = Math.abs(Number(digits.slice(0, 5)) - (point.eastingM % 100_000));
        expect(Math.min(off, 100_000 - off)).toBeLessThan(1.5);
      }),
    );
  });
});
