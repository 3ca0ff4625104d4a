const earthRadiusM = 6_371_008.8;
const radians = Math.PI / 180;

/**
 * Great-circle distance in metres between two positions in degrees, on a sphere of the mean earth radius.
 * Good to 0.5%, which is finer than any position that an alert carries.
 */
export function distanceM(lonA: number, latA: number, lonB: number, latB: number): number {
  const halfLat = Math.sin(((latB - latA) * radians) / 2);
  const halfLon = Math.sin(((lonB - lonA) * radians) / 2);
  const chord = halfLat * halfLat + Math.cos(latA * radians) * Math.cos(latB * radians) * halfLon * halfLon;
  return 2 * earthRadiusM * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** Degrees of latitude and longitude that a distance spans at a latitude; longitude is capped at half a turn. */
export function degreesOf(metres: number, lat: number): { lon: number; lat: number } {
  const latDegrees = metres / (earthRadiusM * radians);
  const shrink = Math.cos(Math.min(89.9, Math.abs(lat)) * radians);
  return { lat: latDegrees, lon: Math.min(180, latDegrees / shrink) };
}
