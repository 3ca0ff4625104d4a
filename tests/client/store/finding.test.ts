import { describe, expect, it } from 'vitest';
import type { Command } from '../../../client/store/commands.svelte.ts';
import {
  findAlerts,
  findCommands,
  findingKey,
  findPlaces,
  findPoints,
  findUnits,
  pointProblem,
  type Finding,
} from '../../../client/store/finding.ts';
import { RecentFindings } from '../../../client/store/recent-findings.ts';
import { Units } from '../../../client/store/units.ts';
import { nameKey } from '../../../shared/rules/spelling.ts';
import { alert, atMs, unit } from '../things.ts';

function holding(...callsigns: string[]): Units {
  const units = new Units();
  callsigns.forEach((callsign, at) => units.apply(unit(`id${at}`, { callsign })));
  return units;
}

const keys = (found: readonly Finding[]): string[] => found.map(findingKey);

describe('units', () => {
  const unitNames = (units: Units, typed: string, most = 5) =>
    findUnits(units, nameKey(typed), most, atMs).map((one) => (one.kind === 'unit' ? one.row.name : ''));

  it('are found by callsign without regard to spaces and accents, the best first, at most so many', () => {
    const units = holding('Écho 4', 'ECHO 41', 'Base Echo', 'LRP 4');
    expect(unitNames(units, 'echo4')).toEqual(['Écho 4', 'ECHO 41']);
    expect(unitNames(units, 'echo')).toEqual(['Écho 4', 'ECHO 41', 'Base Echo']);
    expect(unitNames(units, 'ECHO', 1)).toEqual(['Écho 4']);
    expect(unitNames(units, 'id3')).toEqual(['LRP 4']);
  });

  it('are found by the name they have now', () => {
    const units = holding('LRP 4');
    expect(unitNames(units, 'lrp')).toEqual(['LRP 4']);
    units.apply(unit('id0', { callsign: 'SRP 1' }));
    expect([unitNames(units, 'lrp'), unitNames(units, 'srp')]).toEqual([[], ['SRP 1']]);
  });

  it('say where they are, if they have ever said it', () => {
    const units = holding('LRP 4');
    units.apply(unit('id1', { callsign: 'LRP 5', lon: null, lat: null, time: null, receivedAt: null }));
    const found = findUnits(units, nameKey('lrp'), 5, atMs);
    expect(found.map((one) => (one.kind === 'unit' ? one.at : 0))).toEqual([{ lon: -18, lat: 0 }, undefined]);
  });
});

describe('alerts, places and commands', () => {
  it('alerts are found by any words of theirs, open ones first', () => {
    const [closed, open] = [alert('a', 'P1', [], { state: 'closed' }), alert('b', 'P2', [])];
    const wordsOf = ({ priority }: { priority: string }) => `${priority} Shalis, attack in progress`;
    const found = (typed: string) => keys(findAlerts([closed, open], wordsOf, nameKey(typed), 5));
    expect(found('att shal')).toEqual(['alert b', 'alert a']);
    expect(found('p1 sha')).toEqual(['alert a']);
    expect(found('hal')).toEqual([]);
  });

  it('places by the beginning of a word of their name', () => {
    const places = ['Mabiri', 'Camp Mabiri', 'Amabiri'].map((name, at) => {
      return { id: `v${at}`, kind: 'village', name, lon: 1, lat: 1 } as const;
    });
    expect(keys(findPlaces(places, nameKey('mabi'), 5))).toEqual(['place v0', 'place v1']);
  });

  it('commands by words in any order, those that begin with it first', () => {
    const all = ['Show everything', 'Next alert', 'Alert: raise'].map((title): Command => {
      return { id: title, group: 'alert', title: () => title, run: () => undefined };
    });
    const found = (typed: string) => keys(findCommands(all, ({ title }) => title(), nameKey(typed), 5));
    expect(found('alert')).toEqual(['command Alert: raise', 'command Next alert']);
    expect(found('ever sho')).toEqual(['command Show everything']);
  });
});

describe('what was gone to lately', () => {
  it('is kept newest first, each once, and not for ever', () => {
    const recent = new RecentFindings();
    const view = (name: string): Finding => ({ kind: 'view', view: { name, lon: 0, lat: 0, zoom: 5 } });
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'c']) recent.note(view(name));
    expect(keys(recent.all)).toEqual(['c', 'g', 'f', 'e', 'd', 'b'].map((name) => `view ${name}`));
  });
});

describe('positions', () => {
  it('are what is written as one; what is wrong in one is said, and a name is no wrong position', () => {
    expect(keys(findPoints('1.5 N 29.5 E'))).toEqual(['point 29.5 1.5 decimal']);
    expect(findPoints('Mabiri')).toEqual([]);
    expect([pointProblem('91.5 N 29.5 E'), pointProblem('Mabiri'), pointProblem('1.5, 29.5')]).toEqual([
      'latitude-range',
      undefined,
      undefined,
    ]);
  });
});
