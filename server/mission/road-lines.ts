/** One road of a mission: a line with what is known of it. Ranks: 1 trunk, 2 main, 3 track. */
export interface RoadLine {
  readonly line: ReadonlyArray<readonly [lon: number, lat: number]>;
  readonly rank: 1 | 2 | 3;
  /** Length and time as measured or routed, where they are known; else from the line and the rank. */
  readonly km?: number;
  readonly min?: number;
  readonly kmh?: number;
  /** Ids of its end points; without them lines are joined where they share a point. */
  readonly from?: string;
  readonly to?: string;
}

/**
 * Roads from GeoJSON lines (`rank` 1 to 3, `km`, `min`, `kmh`, `from`, `to` are read from the properties). Throws an
 * Error of one line that names the feature.
 */
export function readRoads(text: string): RoadLine[] {
  const parsed: unknown = JSON.parse(text);
  const features: unknown = isObject(parsed) ? parsed['features'] : undefined;
  if (!Array.isArray(features)) throw new Error('is not a GeoJSON FeatureCollection');
  return features.flatMap((feature: unknown, index) => {
    if (!isObject(feature) || !isObject(feature['geometry']))
      throw new Error(`feature ${index}: has no geometry`);
    const { type, coordinates } = feature['geometry'];
    const known = isObject(feature['properties']) ? feature['properties'] : {};
    if (type === 'LineString') return [roadOf(coordinates, known, index)];
    if (type !== 'MultiLineString' || !Array.isArray(coordinates))
      throw new Error(`feature ${index}: is not a line`);
    // Length and end points are those of the whole; its parts have their own.
    const { rank, kmh } = known;
    return coordinates.map((line: unknown) => roadOf(line, { rank, kmh }, index));
  });
}

function roadOf(coordinates: unknown, known: Readonly<Record<string, unknown>>, index: number): RoadLine {
  if (!Array.isArray(coordinates) || coordinates.length < 2) throw new Error(`feature ${index}: has no line`);
  const line = coordinates.map((point: unknown) => {
    const [lon, lat]: unknown[] = Array.isArray(point) ? point : [];
    if (typeof lon === 'number' && typeof lat === 'number' && Math.abs(lon) <= 180 && Math.abs(lat) <= 90)
      return [lon, lat] as const;
    throw new Error(`feature ${index}: a point is not lon, lat`);
  });
  const { rank } = known;
  return {
    line,
    rank: rank === 1 || rank === 2 ? rank : 3,
    ...positive('km', known),
    ...positive('min', known),
    ...positive('kmh', known),
    ...endOf('from', known),
    ...endOf('to', known),
  };
}

function positive(name: 'km' | 'min' | 'kmh', known: Readonly<Record<string, unknown>>): Partial<RoadLine> {
  const value = known[name];
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? { [name]: value } : {};
}

function endOf(name: 'from' | 'to', known: Readonly<Record<string, unknown>>): Partial<RoadLine> {
  const value = known[name];
  return typeof value === 'string' || typeof value === 'number' ? { [name]: String(value) } : {};
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
