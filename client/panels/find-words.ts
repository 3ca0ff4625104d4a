import { distanceM } from '../../shared/geo/distance.ts';
import { decimalText, mgrsText } from '../../shared/geo/coordinates.ts';
import { ageText } from '../../shared/messages/format.ts';
import type { AlertOut } from '../../shared/model/alert.ts';
import type { Command } from '../store/commands.svelte.ts';
import type { Desk } from '../store/desk.ts';
import type { Finding } from '../store/finding.ts';
import { language, text } from '../store/language.svelte.ts';
import type { MapPoint } from '../store/selection.svelte.ts';
import { alertSummary, alertTitle } from './alert-words.ts';
import { otherFormat, pointText } from './coordinate-words.ts';
import { distanceWords } from './distance-words.ts';
import { unitKindWords } from './unit-words.ts';

/** A finding in the words of a row: its name, and what tells it from others of that name. */
export interface FindingWords {
  readonly name: string;
  readonly more: string;
}

export function findingWords(finding: Finding, desk: Desk): FindingWords {
  const format = desk.preferences.now.coordinates;
  switch (finding.kind) {
    case 'point':
      return {
        name: pointText(finding.reading, format),
        more: joined([
          text(`format.${finding.reading.format}`),
          pointText(finding.reading, otherFormat(format)),
          far(finding.reading, desk),
        ]),
      };
    case 'unit': {
      const { row, at } = finding;
      const age = row.ageS === undefined ? text('units.never') : ageText(row.ageS, language.code);
      return { name: row.name, more: joined([unitKindWords(row.kind), age, at && far(at, desk)]) };
    }
    case 'alert': {
      const { alert } = finding;
      const title = alertTitle(alert, desk);
      return {
        name: title,
        more: joined([alertSummary(alert), text(`alertState.${alert.state}`), alert.number]),
      };
    }
    case 'place': {
      const { place } = finding;
      const other =
        'spelling' in place && place.spelling ? text('find.also', { name: place.spelling }) : undefined;
      const grid = mgrsText(place.lon, place.lat, 3) ?? decimalText(place.lon, place.lat, 2);
      return {
        name: place.name,
        more: joined([text(`placeKind.${place.kind}`), other, grid, far(place, desk)]),
      };
    }
    case 'view':
      return { name: finding.view.name, more: joined([far(finding.view, desk)]) };
    case 'command':
      return { name: finding.command.title(), more: text(`group.${finding.command.group}`) };
  }
}

/** Everything of an alert that somebody may type to find it. */
export function alertSearchText(alert: AlertOut, desk: Desk): string {
  return [alert.priority, alertTitle(alert, desk), alertSummary(alert), alert.number ?? alert.id].join(' ');
}

export function commandSearchText(command: Command): string {
  return `${command.title()} ${text(`group.${command.group}`)}`;
}

/** How far it is from the middle of the map: what tells ten villages of one name apart. */
function far({ lon, lat }: MapPoint, desk: Desk): string | undefined {
  const { here } = desk.goTo;
  if (!here) return undefined;
  const metres = distanceM(here.lon, here.lat, lon, lat);
  return metres < 500 ? undefined : text('find.far', { distance: distanceWords(metres, desk) });
}

function joined(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' · ');
}
