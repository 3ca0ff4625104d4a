import { untrack } from 'svelte';
import type { SearchAnswer } from '../../shared/model/search.ts';
import { nameKey, type NameKey } from '../../shared/rules/spelling.ts';
import { commandGroups } from '../store/commands.svelte.ts';
import type { Desk } from '../store/desk.ts';
import {
  findAlerts,
  findCommands,
  findingKey,
  findPlaces,
  findPoints,
  findUnits,
  findViews,
  type Finding,
} from '../store/finding.ts';
import { unitRow } from '../store/unit-list.ts';
import { alertSearchText, commandSearchText } from './find-words.ts';

/** In the order in which they are shown: what can only be meant as what it is comes first. */
export const paletteGroups = ['recent', 'points', 'units', 'alerts', 'places', 'views', 'commands'] as const;
export type PaletteGroup = (typeof paletteGroups)[number];
export type PaletteList = Readonly<Record<PaletteGroup, readonly Finding[]>>;

/** A row of the palette; something may stand in two groups. */
export interface PaletteRow {
  readonly group: PaletteGroup;
  readonly finding: Finding;
}

export function paletteRows(found: PaletteList): readonly PaletteRow[] {
  return paletteGroups.flatMap((group) => found[group].map((finding) => ({ group, finding })));
}

export function rowKey({ group, finding }: PaletteRow): string {
  return `${group} ${findingKey(finding)}`;
}

/** Id of a row's element, by its place among all rows. */
export const optionId = (index: number): string => `found-${index}`;

export const mostPlaces = 8;
const most = { units: 6, alerts: 5, places: mostPlaces, views: 5, commands: 8 };
const nothing: PaletteList = {
  recent: [],
  points: [],
  units: [],
  alerts: [],
  places: [],
  views: [],
  commands: [],
};
/** Being here already, and going away again, are not offered. */
const notOffered = ['find.open', 'desk.back'];

/** What stands in the palette before anything is typed: what was gone to lately, and everything that can be done. */
export function paletteStart(desk: Desk, recent: readonly Finding[]): PaletteList {
  const views = desk.preferences.now.views.slice(0, most.views);
  const commands = desk.commands.available
    .filter(({ id }) => !notOffered.includes(id))
    .sort((a, b) => commandGroups.indexOf(a.group) - commandGroups.indexOf(b.group));
  return {
    ...nothing,
    recent,
    views: views.map((view) => ({ kind: 'view', view })),
    commands: commands.map((command) => ({ kind: 'command', command })),
  };
}

/** What answers to a text: what this page holds, and what the server answered, where it has. */
export function paletteList(
  desk: Desk,
  typed: string,
  answer: SearchAnswer | undefined,
  nowMs: number,
): PaletteList {
  const { picture, preferences, commands } = desk;
  const key = nameKey(typed);
  const points = findPoints(typed);
  if (key.closed === '') return { ...nothing, points };
  return {
    ...nothing,
    points,
    units: units(desk, key, answer, nowMs),
    alerts: findAlerts(picture.alerts.values(), (alert) => alertSearchText(alert, desk), key, most.alerts),
    places: answer
      ? answer.places.map((place) => ({ kind: 'place', place }))
      : findPlaces(picture.places.values(), key, most.places),
    views: findViews(preferences.now.views, key, most.views),
    commands: findCommands(commands.available, commandSearchText, key, most.commands),
  };
}

/** Held units first; then those that only the server knows. */
function units(
  desk: Desk,
  key: NameKey,
  answer: SearchAnswer | undefined,
  nowMs: number,
): readonly Finding[] {
  // As they are when a letter is typed: a list that is read must not move with every fix.
  const heldUnits = untrack(() => desk.picture.units);
  const held = findUnits(heldUnits, key, most.units, nowMs);
  const known = new Set(held.map(findingKey));
  const others = (answer?.units ?? []).map((unit): Finding => {
    const { lon, lat } = unit;
    const at = lon === null || lat === null ? undefined : { lon, lat };
    return { kind: 'unit', row: unitRow(unit, nowMs), at };
  });
  return [...held, ...others.filter((finding) => !known.has(findingKey(finding)))].slice(0, most.units);
}
