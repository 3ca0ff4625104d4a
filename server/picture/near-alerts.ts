import { degreesOf } from '../../shared/geo/distance.ts';
import { isOpen } from '../../shared/model/alert-steps.ts';
import { mayBeSame, reachOf, sameWithinM, sameWithinMs, type Spot } from '../../shared/rules/same-alert.ts';
import type { Alert } from './picture.ts';

/** Edge of a cell, degrees: about what two alerts may lie apart. */
const cellDeg = 0.1;
const cellsAround = Math.round(360 / cellDeg);
/** At the poles a cell has no width: no more columns than these are looked through. */
const mostColumns = 40;

/**
 * Where and when an alert is, for the comparison with others; undefined where it is not compared: closed, or without a
 * place. What is restricted is near to nothing that is not, so that no other alert can tell of it.
 */
export function spotOf({ id, state, restricted, report, receivedAtMs }: Alert): Spot | undefined {
  if (!isOpen(state)) return undefined;
  const { lon, lat, placeId, precision, radiusM, occurredAt } = report;
  const isPlaced = typeof lon === 'number' && typeof lat === 'number';
  if (!isPlaced && !placeId) return undefined;
  const occurredMs = Date.parse(occurredAt ?? '');
  return {
    id,
    // A time that is to come is a guess; when it was said is known.
    atMs: occurredMs <= receivedAtMs ? occurredMs : receivedAtMs,
    placeId: placeId ?? undefined,
    isRestricted: restricted !== undefined,
    at: isPlaced ? { lon, lat, reachM: reachOf(precision ?? undefined, radiusM ?? undefined) } : undefined,
  };
}

/** Open alerts by cell and time, and by place and time, so that neighbours are found among ten thousand at once. */
export class NearAlerts {
  readonly #spots = new Map<string, Spot>();
  readonly #cells = new Map<string, Map<string, Spot>>();

  spotOf(id: string): Spot | undefined {
    return this.#spots.get(id);
  }

  put(spot: Spot): void {
    this.remove(spot.id);
    this.#spots.set(spot.id, spot);
    for (const key of ownKeys(spot)) {
      const cell = this.#cells.get(key);
      if (cell) cell.set(spot.id, spot);
      else this.#cells.set(key, new Map([[spot.id, spot]]));
    }
  }

  remove(id: string): void {
    const spot = this.#spots.get(id);
    if (!spot) return;
    this.#spots.delete(id);
    for (const key of ownKeys(spot)) {
      const cell = this.#cells.get(key);
      cell?.delete(id);
      if (cell?.size === 0) this.#cells.delete(key);
    }
  }

  /** Every open alert that may be the same, in no order. */
  around(spot: Spot): Spot[] {
    const found = new Map<string, Spot>();
    for (const key of keysAround(spot)) {
      for (const other of this.#cells.get(key)?.values() ?? [])
        if (mayBeSame(spot, other)) found.set(other.id, other);
    }
    return [...found.values()];
  }
}

const hoursOf = (atMs: number): number => Math.floor(atMs / sameWithinMs);
const column = (lon: number): number => Math.floor(lon / cellDeg);
const row = (lat: number): number => Math.floor(lat / cellDeg);
/** A column east of the date line is one in the west. */
const around = (x: number): number => ((x % cellsAround) + cellsAround) % cellsAround;

/** Cells of restricted alerts are others than those of all the rest. */
const cellTime = (hours: number, isRestricted: boolean): string =>
  `${isRestricted ? 'restricted ' : ''}${hours}`;

function ownKeys({ atMs, placeId, isRestricted, at }: Spot): string[] {
  const time = cellTime(hoursOf(atMs), isRestricted);
  return [
    ...(placeId === undefined ? [] : [`${time} ${placeId}`]),
    ...(at ? [`${time},${around(column(at.lon))},${row(at.lat)}`] : []),
  ];
}

function* keysAround({ atMs, placeId, isRestricted, at }: Spot): Generator<string> {
  const [columns, rows] = at ? reached(at) : [[], []];
  for (let hours = hoursOf(atMs) - 1; hours <= hoursOf(atMs) + 1; hours++) {
    const time = cellTime(hours, isRestricted);
    if (placeId !== undefined) yield `${time} ${placeId}`;
    for (const x of columns) for (const y of rows) yield `${time},${x},${y}`;
  }
}

function reached({ lon, lat }: NonNullable<Spot['at']>): readonly [Iterable<number>, readonly number[]] {
  const span = degreesOf(sameWithinM, lat);
  const west = column(lon - span.lon);
  const wide = Math.min(mostColumns, column(lon + span.lon) - west + 1);
  const columns = new Set(Array.from({ length: wide }, (_, step) => around(west + step)));
  const south = row(lat - span.lat);
  return [columns, Array.from({ length: row(lat + span.lat) - south + 1 }, (_, step) => south + step)];
}
