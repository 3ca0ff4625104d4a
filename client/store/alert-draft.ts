import type { AlertCategory, Channel, Priority } from '../../shared/model/alert-lists.ts';
import type { AlertIn } from '../../shared/model/alert.ts';
import type { MapPoint } from './selection.svelte.ts';

/** What the form for a new alert holds; empty strings are what has not been chosen yet. */
export interface AlertDraft {
  category: AlertCategory | '';
  priority: Priority | '';
  text: string;
  channel: Channel;
  placeName: string;
  precision: AlertIn['precision'];
  sourceGrade: 'A' | 'B' | 'C' | 'D' | 'E' | 'F';
  infoGrade: number;
  restricted: 'crsv' | 'child' | 'other' | '';
}

/** Grade F6 is what an unknown caller gets; it says nothing against the alert and can still be a P1. */
export function emptyDraft(): AlertDraft {
  return {
    category: '',
    priority: '',
    text: '',
    channel: 'call',
    placeName: '',
    precision: 'village',
    sourceGrade: 'F',
    infoGrade: 6,
    restricted: '',
  };
}

/** Fields that must be filled before the alert can go out. */
export function missingOf(draft: AlertDraft): ReadonlyArray<'category' | 'text'> {
  const missing: Array<'category' | 'text'> = [];
  if (draft.category === '') missing.push('category');
  if (draft.text.trim() === '') missing.push('text');
  return missing;
}

/** The body to send, or undefined while something is missing. Without a position the precision is not known. */
export function draftToAlert(
  draft: AlertDraft,
  id: string,
  point: MapPoint | undefined,
): AlertIn | undefined {
  if (draft.category === '' || missingOf(draft).length > 0) return undefined;
  const placeName = draft.placeName.trim();
  return {
    id,
    category: draft.category,
    ...(draft.priority === '' ? {} : { priority: draft.priority }),
    text: draft.text.trim(),
    channel: draft.channel,
    ...(point ? { lon: point.lon, lat: point.lat } : {}),
    ...(placeName === '' ? {} : { placeName }),
    precision: point || placeName !== '' ? draft.precision : 'unknown',
    sourceGrade: draft.sourceGrade,
    infoGrade: draft.infoGrade,
    ...(draft.restricted === '' ? {} : { restricted: draft.restricted }),
  };
}

/** How exactly a place is known that somebody drew a circle round. */
export function precisionOf(radiusM: number): AlertDraft['precision'] {
  if (radiusM <= 200) return 'exact';
  return radiusM <= 3_000 ? 'village' : 'area';
}
