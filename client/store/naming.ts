import type { AlertOut } from '../../shared/model/alert.ts';
import type { PlaceOut } from '../../shared/model/place.ts';
import type { Sector } from '../../shared/model/mission.ts';

/** What is known about names when an alert must be called something. */
export interface Gazetteer {
  readonly places: ReadonlyMap<string, PlaceOut>;
  readonly sectors: readonly Sector[];
}

/** Where an alert is, in a name: its place, else its sector, else undefined (the screen says "no place yet"). */
export function placeOfAlert(alert: AlertOut, { places, sectors }: Gazetteer): string | undefined {
  const place = alert.placeId === undefined ? undefined : places.get(alert.placeId);
  return alert.placeName ?? place?.name ?? sectorName(alert.sector, sectors);
}

export function sectorName(id: string | undefined, sectors: readonly Sector[]): string | undefined {
  return id === undefined ? undefined : (sectors.find((sector) => sector.id === id)?.name ?? id);
}

/** Admiralty grade as it is written, `F6`; undefined where the viewer may not see it. */
export function gradeText(graded: { sourceGrade?: string; infoGrade?: number }): string | undefined {
  if (graded.sourceGrade === undefined && graded.infoGrade === undefined) return undefined;
  return `${graded.sourceGrade ?? '–'}${graded.infoGrade ?? '–'}`;
}
