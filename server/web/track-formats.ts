import type { TrackPoint } from '../picture/tracks.ts';
import { csvText } from './csv.ts';

/**
 * A track as a GeoJSON Feature (RFC 7946). `times`, `speedsMps` and `coursesDeg` go with the coordinates one
 * to one, null where the device did not say; a unit that did not report has a line without coordinates, so
 * that readers need no second case.
 */
export function trackGeoJson(unit: string, callsign: string, points: readonly TrackPoint[]): object {
  return {
    type: 'Feature',
    geometry: { type: 'LineString', coordinates: points.map(({ lon, lat }) => [lon, lat]) },
    properties: {
      unit,
      callsign,
      times: points.map(timeOf),
      speedsMps: points.map(({ speedMps }) => speedMps ?? null),
      coursesDeg: points.map(({ courseDeg }) => courseDeg ?? null),
    },
  };
}

/**
 * A track as GPX 1.1. GPX itself has no speed and course since 1.1; they are in Garmin's TrackPointExtension
 * v2, which other readers pass over.
 */
export function trackGpx(unit: string, callsign: string, points: readonly TrackPoint[]): string {
  const lines = points.map(
    (point) =>
      `<trkpt lat="${point.lat}" lon="${point.lon}"><time>${timeOf(point)}</time>${gpxMotion(point)}</trkpt>`,
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gpx version="1.1" creator="Nightflash" xmlns="http://www.topografix.com/GPX/1/1"' +
      ' xmlns:tpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v2">',
    `<trk><name>${xmlText(callsign)}</name><desc>${xmlText(unit)}</desc><trkseg>`,
    ...lines,
    '</trkseg></trk>',
    '</gpx>',
    '',
  ].join('\n');
}

function gpxMotion({ speedMps, courseDeg }: TrackPoint): string {
  const speed = speedMps === undefined ? '' : `<tpx:speed>${speedMps}</tpx:speed>`;
  const course = courseDeg === undefined ? '' : `<tpx:course>${courseDeg}</tpx:course>`;
  if (speed === '' && course === '') return '';
  return `<extensions><tpx:TrackPointExtension>${speed}${course}</tpx:TrackPointExtension></extensions>`;
}

/** A track as CSV (RFC 4180); fields are empty where the device did not say. */
export function trackCsv(unit: string, _callsign: string, points: readonly TrackPoint[]): string {
  const id = csvText(unit);
  const rows = points.map((point) =>
    [id, timeOf(point), point.lon, point.lat, point.speedMps ?? '', point.courseDeg ?? ''].join(','),
  );
  return ['unit,time,lon,lat,speedMps,courseDeg', ...rows, ''].join('\r\n');
}

function timeOf({ timeMs }: TrackPoint): string {
  return new Date(timeMs).toISOString();
}

const xmlNames: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/**
 * Text for XML 1.0: markup escaped, and characters that XML cannot hold at all (controls, lone halves) left
 * out.
 */
function xmlText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"']/g, (character) => xmlNames[character] ?? '');
}
