import type { BboxOf } from '../../shared/geo/area.ts';
import { geometryBbox } from '../../shared/geo/area.ts';
import { languageCodes, type LanguageCode } from '../../shared/messages/text.ts';
import type { Sector } from '../../shared/model/mission.ts';

/** One picture that fills a wall. */
export type WallPage =
  | { readonly kind: 'mission' }
  | { readonly kind: 'alerts' }
  | { readonly kind: 'sector'; readonly id: string; readonly name: string; readonly box: BboxOf };

export interface TimedPage {
  readonly page: WallPage;
  readonly seconds: number;
}

/** A part of the world with a map of its own; without a name it is called by its number. */
export interface WallArea {
  readonly name: string | undefined;
  readonly box: BboxOf;
}

export type WallLayout =
  | { readonly kind: 'pages'; readonly pages: readonly TimedPage[] }
  | { readonly kind: 'split'; readonly areas: readonly WallArea[] };

export const wallFields = [
  'layout',
  'sector',
  'areas',
  'names',
  'sectors',
  'pages',
  'theme',
  'lang',
] as const;
export type WallField = (typeof wallFields)[number];

/** A part of the address that means nothing here, as it was given. */
export interface WallFault {
  readonly field: WallField;
  readonly given: string;
}

export interface WallAddress {
  readonly layout: WallLayout;
  readonly theme: 'dark' | 'bright' | undefined;
  readonly language: LanguageCode | undefined;
  /** Whether the wall is darker at night. */
  readonly dims: boolean;
  /** Whether alarms sound here; a wall is silent unless its address says so. */
  readonly sounds: boolean;
  /** What was wrong; of a layout with a fault nothing is kept. */
  readonly faults: readonly WallFault[];
}

const mostAreas = 4;
/** More would not fit into the foot of the screen, and the first would be long forgotten. */
const mostPages = 6;
/** Shorter is not read, longer is not waited for. */
const [leastSeconds, mostSeconds, usualSeconds] = [5, 3_600, 30];
export const missionLayout: WallLayout = {
  kind: 'pages',
  pages: [{ page: { kind: 'mission' }, seconds: usualSeconds }],
};

/** Reads the address of a wall. Whatever it says, there is a layout: the mission's where nothing else is understood. */
export function wallAddress(search: string, sectors: readonly Sector[]): WallAddress {
  const given = new URLSearchParams(search);
  const faults: WallFault[] = [];
  const layout = orFault(() => layoutOf(given, sectors), faults) ?? missionLayout;
  return {
    layout,
    theme: orFault(() => oneOf(given, 'theme', ['dark', 'bright'] as const), faults),
    language: orFault(() => oneOf(given, 'lang', languageCodes), faults),
    dims: given.get('dim') === '1',
    sounds: given.get('sound') === '1',
    faults,
  };
}

/** How a fault goes up from where it is found to where all are gathered. */
class Misread extends Error {
  readonly fault: WallFault;

  constructor(field: WallField, given: string) {
    super(`${field}=${given}`);
    this.fault = { field, given };
  }
}

function orFault<T>(read: () => T, faults: WallFault[]): T | undefined {
  try {
    return read();
  } catch (reason) {
    if (!(reason instanceof Misread)) throw reason;
    faults.push(reason.fault);
    return undefined;
  }
}

function oneOf<T extends string>(
  given: URLSearchParams,
  field: WallField,
  values: readonly T[],
): T | undefined {
  const value = given.get(field);
  if (value === null || value === '') return undefined;
  const known = values.find((one) => one === value);
  if (known === undefined) throw new Misread(field, value);
  return known;
}

function layoutOf(given: URLSearchParams, sectors: readonly Sector[]): WallLayout {
  const pages = given.get('pages');
  const name = oneOf(given, 'layout', ['mission', 'sector', 'split', 'alerts'] as const);
  if (pages !== null) return { kind: 'pages', pages: pagesOf(pages, sectors) };
  switch (name) {
    case 'sector':
      return onePage(sectorPage(given.get('sector') ?? '', sectors, 'sector'));
    case 'alerts':
      return onePage({ kind: 'alerts' });
    case 'split':
      return { kind: 'split', areas: areasOf(given, sectors) };
    default:
      return missionLayout;
  }
}

function onePage(page: WallPage): WallLayout {
  return { kind: 'pages', pages: [{ page, seconds: usualSeconds }] };
}

function sectorPage(
  wanted: string,
  sectors: readonly Sector[],
  field: WallField,
): Extract<WallPage, { kind: 'sector' }> {
  const sector = sectors.find(({ id }) => id === wanted);
  if (!sector) throw new Misread(field, wanted);
  return { kind: 'sector', id: sector.id, name: sector.name, box: geometryBbox(sector.geometry) };
}

/** `mission:30,alerts:15,sector/north:30`; without a time a page stands for half a minute. */
function pagesOf(text: string, sectors: readonly Sector[]): TimedPage[] {
  const parts = text.split(',');
  if (parts.length > mostPages) throw new Misread('pages', text);
  return parts.map((part) => {
    // The id of a sector may have a colon in it: the time is what follows the last one.
    const [, what = part, time] = /^(.*?)(?::(\d+))?$/.exec(part.trim()) ?? [];
    const seconds = time === undefined ? usualSeconds : Number(time);
    if (seconds < leastSeconds || seconds > mostSeconds) throw new Misread('pages', part);
    return { page: pageOf(what, sectors), seconds };
  });
}

function pageOf(what: string, sectors: readonly Sector[]): WallPage {
  if (what === 'mission' || what === 'alerts') return { kind: what };
  if (what.startsWith('sector/')) return sectorPage(what.slice('sector/'.length), sectors, 'pages');
  throw new Misread('pages', what);
}

/** `areas=w,s,e,n;w,s,e,n` with `names=A;B` beside it, or `sectors=a,b`. */
function areasOf(given: URLSearchParams, sectors: readonly Sector[]): WallArea[] {
  const ids = given.get('sectors');
  if (ids !== null) {
    const wanted = ids.split(',');
    if (wanted.length > mostAreas) throw new Misread('sectors', ids);
    return wanted.map((id) => sectorPage(id.trim(), sectors, 'sectors'));
  }
  const areas = given.get('areas') ?? '';
  const parts = areas.split(';');
  if (parts.length > mostAreas) throw new Misread('areas', areas);
  const names = given.get('names')?.split(';') ?? [];
  if (names.length > parts.length) throw new Misread('names', names.join(';'));
  return parts.map((part, index) => ({ name: names[index]?.trim() || undefined, box: boxOf(part) }));
}

/** Degrees, `west,south,east,north`; west is greater than east where the box crosses the antimeridian. */
function boxOf(text: string): BboxOf {
  const edges = text.split(',').map((edge) => (edge.trim() === '' ? NaN : Number(edge)));
  const [west = NaN, south = NaN, east = NaN, north = NaN] = edges;
  const isBox =
    edges.length === 4 &&
    Math.abs(west) <= 180 &&
    Math.abs(east) <= 180 &&
    south >= -85 &&
    north <= 85 &&
    south < north;
  if (!isBox || west === east) throw new Misread('areas', text);
  return [west, south, east, north];
}

/** The address of a wall with another layout: theme, language, dimming and sound stay unless the layout says otherwise. */
export function withLayout(search: string, layout: string): string {
  const address = new URLSearchParams(layout);
  const before = new URLSearchParams(search);
  for (const name of ['theme', 'lang', 'dim', 'sound']) {
    const value = before.get(name);
    if (value !== null && !address.has(name)) address.set(name, value);
  }
  return `/wall?${address.toString()}`;
}
