import {
  parseCoordinates,
  type CoordinateProblem,
  type PointReading,
} from '../../shared/geo/parse-coordinates.ts';
import type { AlertOut } from '../../shared/model/alert.ts';
import { isOpen } from '../../shared/model/alert-steps.ts';
import type { PlaceOut } from '../../shared/model/place.ts';
import type { SavedView } from '../../shared/model/preferences.ts';
import type { FoundPlace } from '../../shared/model/search.ts';
import { nameKey, nameRank, notNamed, type NameKey } from '../../shared/rules/spelling.ts';
import type { Command } from './commands.svelte.ts';
import type { MapPoint } from './selection.svelte.ts';
import { unitRowAt, type UnitRow } from './unit-list.ts';
import type { Units } from './units.ts';

/** Something that a person can go to or do, found by what was typed. */
export type Finding =
  | { readonly kind: 'point'; readonly reading: PointReading }
  | { readonly kind: 'unit'; readonly row: UnitRow; readonly at: MapPoint | undefined }
  | { readonly kind: 'alert'; readonly alert: AlertOut }
  | { readonly kind: 'place'; readonly place: PlaceOut | FoundPlace }
  | { readonly kind: 'view'; readonly view: SavedView }
  | { readonly kind: 'command'; readonly command: Command };

/** Unique among findings, and the same for the same thing found again. */
export function findingKey(finding: Finding): string {
  switch (finding.kind) {
    case 'point':
      return `point ${finding.reading.lon} ${finding.reading.lat} ${finding.reading.format}`;
    case 'unit':
      return `unit ${finding.row.id}`;
    case 'alert':
      return `alert ${finding.alert.id}`;
    case 'place':
      return `place ${finding.place.id}`;
    case 'view':
      return `view ${finding.view.name}`;
    case 'command':
      return `command ${finding.command.id}`;
  }
}

/** Why a text that is written like a position is none; undefined for positions, and for what is written otherwise. */
export function pointProblem(text: string): Exclude<CoordinateProblem, 'not-a-position'> | undefined {
  const parsed = parseCoordinates(text);
  return parsed.ok || parsed.problem === 'not-a-position' ? undefined : parsed.problem;
}

/** Keys of names by the object that carries the names: another description is another object. */
const keysOf = new WeakMap<object, readonly NameKey[]>();

function keys(of: object, names: () => readonly string[]): readonly NameKey[] {
  const held = keysOf.get(of);
  if (held) return held;
  const made = names().map(nameKey);
  keysOf.set(of, made);
  return made;
}

function bestRank(names: readonly NameKey[], typed: NameKey): number {
  let best: number = notNamed;
  for (const name of names) best = Math.min(best, nameRank(name, typed));
  return best;
}

/** Every way in which a text is a position, likeliest first; none for a name. */
export function findPoints(text: string): Finding[] {
  const parsed = parseCoordinates(text);
  return parsed.ok ? parsed.readings.map((reading) => ({ kind: 'point', reading })) : [];
}

/** The rows of held units whose callsign or id answers to what was typed, best first. */
export function findUnits(units: Units, typed: NameKey, most: number, nowMs: number): Finding[] {
  const found: { rank: number; name: string; row: number }[] = [];
  for (let row = 0; row < units.rows; row += 1) {
    const about = units.aboutAt(row);
    if (!about) continue;
    const names = keys(about, () => [about.callsign ?? about.id, about.id]);
    const rank = bestRank(names, typed);
    if (rank < notNamed) found.push({ rank, name: names[0]?.closed ?? '', row });
  }
  return best(found, most).flatMap(({ row }) => {
    const shown = unitRowAt(units, row, nowMs);
    return shown ? [{ kind: 'unit', row: shown, at: units.drawnAt(row, nowMs) } as const] : [];
  });
}

/** The same for held places: what can be found while the server is not reached. */
export function findPlaces(places: Iterable<PlaceOut>, typed: NameKey, most: number): Finding[] {
  const found: { rank: number; name: string; place: PlaceOut }[] = [];
  for (const place of places) {
    const names = keys(place, () => [place.name]);
    const rank = bestRank(names, typed);
    if (rank < notNamed) found.push({ rank, name: names[0]?.closed ?? '', place });
  }
  return best(found, most).map(({ place }) => ({ kind: 'place', place }));
}

function best<T extends { readonly rank: number; readonly name: string }>(found: T[], most: number): T[] {
  return found.sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1)).slice(0, most);
}

/** Alerts in whose words every word that was typed begins a word; open ones first, then the newest. */
export function findAlerts(
  alerts: Iterable<AlertOut>,
  wordsOf: (alert: AlertOut) => string,
  typed: NameKey,
  most: number,
): Finding[] {
  return [...alerts]
    .filter((alert) => holdsWords(wordsOf(alert), typed))
    .sort(
      (a, b) =>
        Number(isOpen(b.state)) - Number(isOpen(a.state)) ||
        Date.parse(b.receivedAt) - Date.parse(a.receivedAt),
    )
    .slice(0, most)
    .map((alert) => ({ kind: 'alert', alert }));
}

/** Commands in whose words every word that was typed begins a word, those that begin with it first. */
export function findCommands(
  commands: readonly Command[],
  wordsOf: (command: Command) => string,
  typed: NameKey,
  most: number,
): Finding[] {
  const begins = (command: Command): number => nameRank(nameKey(command.title()), typed);
  return commands
    .filter((command) => holdsWords(wordsOf(command), typed))
    .sort((a, b) => begins(a) - begins(b))
    .slice(0, most)
    .map((command) => ({ kind: 'command', command }));
}

export function findViews(views: readonly SavedView[], typed: NameKey, most: number): Finding[] {
  return views
    .filter(({ name }) => nameRank(nameKey(name), typed) < notNamed)
    .slice(0, most)
    .map((view) => ({ kind: 'view', view }));
}

/** Whether every word that was typed begins a word of the text. */
export function holdsWords(text: string, typed: NameKey): boolean {
  const { written } = nameKey(text);
  return typed.written !== '' && typed.written.split(' ').every((word) => ` ${written}`.includes(` ${word}`));
}
