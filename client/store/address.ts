import type { Standing } from './go-to.svelte.ts';
import type { ThingRef } from './selection.svelte.ts';

/** What a link to a view says. */
export interface Address {
  readonly at: Standing | undefined;
  readonly chosen: ThingRef | undefined;
  /** What panels say of themselves, by name: `tab=units`. */
  readonly parts: Readonly<Record<string, string>>;
}

const kinds: readonly ThingRef['kind'][] = ['alert', 'unit', 'threat', 'place'];
const partName = /^[a-z][a-z-]{0,19}$/;
const mostLetters = 300;
const ownNames = ['at', 'sel'];

/** The query of an address, `?at=29.5,1.5,11&sel=unit:LRP4&tab=units`, or nothing where there is nothing to say. */
export function addressText({ at, chosen, parts }: Address): string {
  const query = new URLSearchParams();
  if (at) query.set('at', [rounded(at.lon, 5), rounded(at.lat, 5), rounded(at.zoom, 2)].join());
  if (chosen) query.set('sel', `${chosen.kind}:${chosen.id}`);
  for (const name of Object.keys(parts).sort()) query.set(name, parts[name] ?? '');
  // Commas and colons are allowed in a query as they are, and a link is read by people too.
  const text = query.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
  return text === '' ? '' : `?${text}`;
}

/** What a query says; what is not valid in it is as if it were not there. */
export function readAddress(query: string): Address {
  const given = new URLSearchParams(query);
  const parts = [...given].filter(
    ([name, value]) => partName.test(name) && !ownNames.includes(name) && value.length <= mostLetters,
  );
  return {
    at: readStanding(given.get('at')),
    chosen: readChosen(given.get('sel')),
    parts: Object.fromEntries(parts),
  };
}

function readStanding(text: string | null): Standing | undefined {
  const numbers = (text ?? '').split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  const [lon = NaN, lat = NaN, zoom = NaN] = numbers;
  const isValid = Math.abs(lon) <= 180 && Math.abs(lat) <= 90 && zoom >= 0 && zoom <= 22;
  return numbers.length === 3 && isValid ? { lon, lat, zoom } : undefined;
}

function readChosen(text: string | null): ThingRef | undefined {
  const [, kindText, id = ''] = /^([a-z]+):(.{1,64})$/s.exec(text ?? '') ?? [];
  const kind = kinds.find((one) => one === kindText);
  return kind ? { kind, id } : undefined;
}

function rounded(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
