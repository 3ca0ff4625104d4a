import type { AlertReport } from '../../shared/model/alert.ts';
import type { Reading } from '../../shared/model/reading.ts';

/** A place read less surely than this is shown beside the text, and the alert has none until a person says so. */
export const leastPlaced = 0.5;
/** A category that is read less surely than this stays `other`. */
const leastSorted = 0.4;

/**
 * What an alert takes over of what was read, with the reading beside it. Too unsure a place or category stays open:
 * the alert is there all the same, and a person decides.
 */
export function fieldsOf(reading: Reading): Partial<AlertReport> {
  const { place, category, priority } = reading;
  const isPlaced = place !== undefined && place.confidence >= leastPlaced;
  const isSorted = category.confidence >= leastSorted;
  return {
    reading,
    category: isSorted ? category.value : 'other',
    ...(priority && isSorted ? { priority: priority.value } : {}),
    ...(isPlaced ? placeFields(place) : { precision: 'unknown' as const }),
  };
}

function placeFields({
  placeId,
  name,
  lon,
  lat,
  precision,
}: NonNullable<Reading['place']>): Partial<AlertReport> {
  return {
    ...{ lon, lat, precision },
    ...(placeId ? { placeId } : {}),
    ...(name ? { placeName: name } : {}),
  };
}
