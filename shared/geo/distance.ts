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

/** Bearing at `A` of the shortest way to `B`, degrees true, 0 to 360; 0 where both are one point. */
export function bearingDeg(lonA: number, latA: number, lonB: number, latB: number): number {
  const across = (lonB - lonA) * radians;
  const east = Math.sin(across) * Math.cos(latB * radians);
  const north =
    Math.cos(latA * radians) * Math.sin(latB * radians) -
    Math.sin(latA * radians) * Math.cos(latB * radians) * Math.cos(across);
  return (Math.atan2(east, north) / radians + 360) % 360;
}

/** The point that lies a distance away on a bearing, along a great circle; longitude -180 to 180. */
export function pointAlong(
  lon: number,
  lat: number,
  bearing: number,
  metres: number,
): { lon: number; lat: number } {
  const turn = metres / earthRadiusM;
  const [upA, course] = [lat * radians, bearing * radians];
  const sinB = Math.sin(upA) * Math.cos(turn) + Math.cos(upA) * Math.sin(turn) * Math.cos(course);
  const across = Math.atan2(
    Math.sin(course) * Math.sin(turn) * Math.cos(upA),
    Math.cos(turn) - Math.sin(upA) * sinB,
  );
  return {
    lon: ((((lon + across / radians + 180) % 360) + 360) % 360) - 180,
    lat: Math.asin(Math.max(-1, Math.min(1, sinB))) / radians,
  };
}
