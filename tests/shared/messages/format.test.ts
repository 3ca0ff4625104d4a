import { describe, expect, it } from 'vitest';
import * as format from '../../../shared/messages/format.ts';

const at = Date.parse('2026-11-22T16:40:12.400Z');
const newYear = Date.parse('2027-01-01T00:05:00Z');

describe('times', () => {
  it('write date-time groups', () => {
    expect(format.dtg(at)).toBe('221640Z NOV 26');
    expect(format.dtg(newYear)).toBe('010005Z JAN 27');
    expect(format.hhmm(newYear)).toBe('0005');
    expect(format.dayText(at)).toBe('22 NOV 26');
    expect(format.zuluTime(at)).toBe('16:40:12Z');
  });

  it('name the day of a "since" that is not today', () => {
    expect(format.zuluSince(at, at + 3_600_000)).toBe('16:40:12Z');
    expect(format.zuluSince(at, at + 86_400_000)).toBe('22 NOV 16:40:12Z');
  });

  it('know the zone letters; J is nobody and Z is Zulu', () => {
    expect(['A', 'B', 'I', 'K', 'M', 'N', 'Y', 'Z', 'J', '', 'AB'].map(format.zoneHours)).toEqual([
      1, 2, 9, 10, 12, -1, -12, 0, 0, 0, 0,
    ]);
    expect(format.localTime(at, 'B')).toBe('18:40 B');
    expect(format.localTime(newYear, 'N')).toBe('23:05 N');
  });
});

describe('clocks', () => {
  it('count down to 0:00 and then over', () => {
    expect([47, 760, 10_800, 0.2, 0, -0.5, -133, -3_600].map(format.clockText)).toEqual([
      '0:47',
      '12:40',
      '3:00:00',
      '0:01',
      '0:00',
      '+0:00',
      '+2:13',
      '+1:00:00', // prettier-ignore
    ]);
  });

  it('count up in whole seconds that have passed', () => {
    expect([0, 59.9, 372, 3_900, -3].map(format.elapsedText)).toEqual([
      '0:00',
      '0:59',
      '6:12',
      '1:05:00',
      '0:00',
    ]);
  });
});

describe('ages and measures', () => {
  const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

  it('say age in the one unit that matters', () => {
    const ages = [0, 59.9, 60, 5_399, 5_400, 172_799, 172_800, -5].map((s) => plain(format.ageText(s, 'en')));
    expect(ages).toEqual(['0 s', '59 s', '1 min', '89 min', '1 h', '47 h', '2 d', '0 s']);
    expect(plain(format.ageText(200_000, 'fr'))).toBe('2 j');
  });

  it('say the picture’s age in steps of a fifth of a second', () => {
    expect([0.04, 0.31, 1.1].map((s) => plain(format.pictureAgeText(s, 'en')))).toEqual([
      '0.0 s',
      '0.4 s',
      '1.2 s',
    ]);
    expect(plain(format.pictureAgeText(0.2, 'fr'))).toBe('0,2 s');
  });

  it('say courses, speeds, distances', () => {
    expect([0, 42.6, 359.7].map(format.courseText)).toEqual(['000°', '043°', '000°']);
    expect(plain(format.speedText(15.3, 'en'))).toBe('55 km/h');
    expect([4, 994, 1_240, 9_960, 27_400].map((m) => plain(format.distanceText(m, 'en')))).toEqual([
      '0 m',
      '990 m',
      '1.2 km',
      '10 km',
      '27 km', // prettier-ignore
    ]);
    expect([100, 200, 1_852, 185_200].map((m) => plain(format.distanceText(m, 'fr', 'nautical')))).toEqual([
      '100 m',
      '0,1 NM',
      '1,0 NM',
      '100 NM',
    ]);
    expect(plain(format.numberText(2300, 'fr'))).toBe('2 300');
  });
});
