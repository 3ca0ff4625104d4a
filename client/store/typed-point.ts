import { parseCoordinates, type PointReading } from '../../shared/geo/parse-coordinates.ts';

export type { PointReading };

/** Every way in which a text is a position, likeliest first; none for a name. */
export function typedPoints(text: string): readonly PointReading[] {
  const answer = parseCoordinates(text);
  return answer.ok ? answer.readings : [];
}
