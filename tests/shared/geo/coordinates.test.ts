import { toPoint } from 'mgrs';
import { describe, expect, it } from 'vitest';
import { decimalText, dmsText, mgrsText } from '../../../shared/geo/coordinates.ts';
import { distanceM } from '../../../shared/geo/distance.ts';

/** Places on both sides of what goes wrong: the equator, and the zone borders at 30° E and 18° W. */
const places = [
  { name: 'Beni', lon: 29.473, lat: 0.491, zone: '35N' },
  { name: 'Bunia', lon: 30.252, lat: 1.566, zone: '36N' },
  { name: 'Goma', lon: 29.235, lat: -1.679, zone: '35M' },
  { name: 'south of the lake', lon: 30.4, lat: -0.7, zone: '36M' },
  { name: 'exercise, west of 18° W', lon: -18.001, lat: 0.3, zone: '27N' },
  { name: 'exercise, east of 18° W', lon: -17.999, lat: 0.3, zone: '28N' },
  { name: 'exercise, south', lon: -17.999, lat: -0.3, zone: '28M' },
];

describe('mgrsText', () => {
  it.each(places)('puts $name in zone $zone', ({ lon, lat, zone }) => {
    expect(mgrsText(lon, lat)).toMatch(new RegExp(`^${zone} [A-Z]{2} \\d{5} \\d{5}$`));
  });

  it.each(places)('leads back to $name within 2 m', ({ lon, lat }) => {
    const [lonBack, latBack] = toPoint((mgrsText(lon, lat) ?? '').replaceAll(' ', ''));
    expect(distanceM(lon, lat, lonBack, latBack)).toBeLessThan(2);
  });

  it('says a known point', () => {
    expect(mgrsText(0, 0)).toBe('31N AA 66021 00000');
  });

  it('has fewer figures where less is known', () => {
    expect(mgrsText(0, 0, 3)).toBe('31N AA 660 000');
    expect(mgrsText(0, 0, 0)).toBe('31N AA');
  });

  it('has none near the poles', () => {
    expect(mgrsText(0, 85)).toBeUndefined();
    expect(mgrsText(0, -81)).toBeUndefined();
  });
});

describe('degrees', () => {
  it('name the hemisphere and never a sign', () => {
    expect(decimalText(30.303, 1.742)).toBe('1.74200° N 30.30300° E');
    expect(decimalText(-18.25, -0.5, 2)).toBe('0.50° S 18.25° W');
  });

  it('in minutes and seconds keep their width and never read 60', () => {
    expect(dmsText(30.303, 1.742)).toBe('01°44′31″ N 030°18′11″ E');
    expect(dmsText(-17.99999, -0.99999)).toBe('01°00′00″ S 018°00′00″ W');
  });
});
