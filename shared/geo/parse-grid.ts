import { forward, toPoint } from './mgrs.ts';
import type { CoordinateProblem, CoordinateReading, PointReading } from './parse-coordinates.ts';
import { fromUtm } from './utm.ts';

const bands = 'CDEFGHJKLMNPQRSTUVWX';
const mgrs = /^(?:mgrs:? ?)?(\d{1,2}) ?([C-HJ-NP-X]) ?([A-HJ-NP-Z]) ?([A-HJ-NP-V])((?: ?\d)*)$/i;
const utm =
  /^(?:utm:? ?)?(?:zone )?(\d{1,2}) ?([C-HJ-NP-X]) (\d{5,7}(?:\.\d+)?) ?(?:m ?)?E?[ ,]+(\d{1,8}(?:\.\d+)?) ?(?:m ?)?N?$/i;

/** MGRS and UTM; undefined for a text that has the shape of neither. */
export function parseGrid(text: string): CoordinateReading | undefined {
  const square = mgrs.exec(text);
  if (square) return readMgrs(square);
  const grid = utm.exec(text);
  return grid ? readUtm(grid) : undefined;
}

const refused = (problem: CoordinateProblem): CoordinateReading => ({ ok: false, problem });

/** The middle of the square that is named. */
function readMgrs([
  ,
  zone = '',
  band = '',
  column = '',
  row = '',
  figures = '',
]: RegExpExecArray): CoordinateReading {
  const groups = figures.trim().split(' ');
  const digits = groups.join('');
  const isUneven = digits.length % 2 !== 0 || digits.length > 10;
  const isSplitWrongly = groups.length === 2 && groups[0]?.length !== groups[1]?.length;
  if (isUneven || isSplitWrongly || groups.length > 2) return refused('mgrs-digits');
  if (!isZone(zone)) return refused('mgrs-square');
  const name = `${Number(zone)}${band}${column}${row}${digits}`.toUpperCase();
  try {
    const [lon, lat] = toPoint(name);
    const precisionM = 10 ** (5 - digits.length / 2);
    // A square that its zone does not have is read somewhere else all the same: written again it has another name.
    // The grid is cut at the edges of zones and bands, where the middle of a large square may lie beyond.
    const again = forward([lon, lat], digits.length / 2);
    const isElsewhere = again !== name && precisionM <= 1_000 && !isAtEdge(lon, lat);
    if (isElsewhere || !isInBand(lat, band)) return refused('mgrs-square');
    return { ok: true, readings: [{ lon, lat, format: 'mgrs', precisionM }] };
  } catch {
    return refused('mgrs-square');
  }
}

/** Within about a kilometre of where the grid changes. */
function isAtEdge(lon: number, lat: number): boolean {
  const off = (value: number, step: number) => Math.abs(value / step - Math.round(value / step)) * step;
  return off(lon, 6) < 0.02 || off(lat, 8) < 0.02;
}

function isZone(written: string): boolean {
  return Number(written) >= 1 && Number(written) <= 60;
}

/** A band is eight degrees high, the last one twelve. Squares may lie across its edge. */
function isInBand(lat: number, letter: string): boolean {
  const index = bands.indexOf(letter.toUpperCase());
  const south = -80 + 8 * index;
  const north = letter.toUpperCase() === 'X' ? 84 : south + 8;
  return lat >= south - 1 && lat <= north + 1;
}

/** The letter is a band or a hemisphere: `S` may be either, and then both are answered. */
function readUtm([
  ,
  zone = '',
  letter = '',
  easting = '',
  northing = '',
]: RegExpExecArray): CoordinateReading {
  const [eastingM, northingM] = [Number(easting), Number(northing)];
  if (!isZone(zone) || eastingM < 100_000 || eastingM >= 900_000 || northingM > 10_000_000)
    return refused('utm-range');
  const read = (isNorth: boolean): PointReading => ({
    ...fromUtm({ zone: Number(zone), isNorth, eastingM, northingM }),
    format: 'utm',
    precisionM: 1,
  });
  const band = letter.toUpperCase();
  const asBand = read(band >= 'N');
  const readings = [
    ...(band === 'S' ? [read(false)] : []),
    ...(band === 'N' || isInBand(asBand.lat, band) ? [asBand] : []),
  ].filter(({ lat }) => lat >= -80 && lat <= 84);
  return readings.length > 0 ? { ok: true, readings } : refused('utm-range');
}
