import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AddressParts } from '../../../client/store/address-parts.svelte.ts';
import { addressText, readAddress, type Address } from '../../../client/store/address.ts';

const nothing: Address = { at: undefined, chosen: undefined, parts: {} };

const degrees = (most: number) =>
  fc.integer({ min: -most * 1e5, max: most * 1e5 }).map((value) => (value === 0 ? 0 : value / 1e5));
const addresses: fc.Arbitrary<Address> = fc.record({
  at: fc.option(
    fc.record({
      lon: degrees(180),
      lat: degrees(90),
      zoom: fc.integer({ min: 0, max: 2_200 }).map((value) => value / 100),
    }),
    { nil: undefined },
  ),
  chosen: fc.option(
    fc.record({
      kind: fc.constantFrom('alert', 'unit', 'threat', 'place'),
      id: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 }),
    }),
    { nil: undefined },
  ),
  parts: fc.dictionary(
    fc.stringMatching(/^[a-z][a-z-]{0,9}$/).filter((name) => name !== 'at' && name !== 'sel'),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    { maxKeys: 4, noNullPrototype: true },
  ),
});

describe('the address of a view', () => {
  it('reads what it wrote', () => {
    fc.assert(
      fc.property(addresses, (address) => {
        expect(readAddress(addressText(address))).toEqual(address);
      }),
    );
  });

  it('is short, and legible where it can be', () => {
    const text = addressText({
      at: { lon: 29.123456, lat: -1.5, zoom: 11.456 },
      chosen: { kind: 'unit', id: 'LRP4' },
      parts: { tab: 'units', filter: 'state=lost,stale' },
    });
    expect(text).toBe('?at=29.12346,-1.5,11.46&sel=unit:LRP4&filter=state%3Dlost,stale&tab=units');
    expect(addressText(nothing)).toBe('');
  });

  it('takes anything at all, and of rubbish nothing', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void readAddress(text)));
    const rubbish = [
      '',
      '?at=1,2',
      '?at=181,0,5',
      '?at=1,2,3,4',
      '?at=1,,3',
      '?at=a,b,c',
      '?at=0,0,99',
      '?sel=unit',
    ];
    for (const text of [...rubbish, '?sel=castle:1', `?sel=unit:${'x'.repeat(65)}`, '?Tab=1', '?1=1'])
      expect(readAddress(text)).toEqual(nothing);
  });
});

describe('what panels keep in it', () => {
  function tabPart(tab: { now: string }) {
    return {
      name: 'tab',
      read: () => (tab.now === 'decide' ? undefined : tab.now),
      write: (value: string | undefined) => (tab.now = value ?? 'decide'),
    };
  }

  it('is told to a panel that is there, and to one that comes later', () => {
    const parts = new AddressParts();
    const [tab, late] = [{ now: 'decide' }, { now: '' }];
    parts.add(tabPart(tab));
    parts.write({ tab: 'units', late: 'x' });
    expect([tab.now, parts.read()]).toEqual(['units', { tab: 'units', late: 'x' }]);
    parts.add({ name: 'late', read: () => late.now, write: (value) => (late.now = value ?? '') });
    expect(late.now).toBe('x');
    parts.write({});
    expect([tab.now, late.now]).toEqual(['decide', '']);
  });

  it('outlives the panel, which finds it as it left it', () => {
    const parts = new AddressParts();
    const tab = { now: 'decide' };
    const leave = parts.add(tabPart(tab));
    tab.now = 'closed';
    leave();
    expect(parts.read()).toEqual({ tab: 'closed' });
    const again = { now: 'decide' };
    parts.add(tabPart(again));
    expect(again.now).toBe('closed');
  });
});
