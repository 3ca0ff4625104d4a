import { createHash } from 'node:crypto';
import { Failure } from '../../shared/failure.ts';
import { crossing, type BearingFix } from '../../shared/geo/bearing-fix.ts';
import { isOpen } from '../../shared/model/alert-steps.ts';
import type { AlertReport } from '../../shared/model/alert.ts';
import { signalInSchema, type Bearing, type SignalIn } from '../../shared/model/source.ts';
import type { Principal } from '../../shared/role.ts';
import type { Alert, Picture } from '../picture/picture.ts';
import type { IntakeDoor } from './intake.ts';
import { mustMay } from './may.ts';
import { parseBody } from './parse-body.ts';

/** Signals by bell, whistle, flare or shots; two bearings on one that cross give its place. */
export interface SignalsDoor {
  take(principal: Principal, body: unknown): Promise<{ id: string; isNew: boolean }>;
}

interface Parts {
  readonly intake: IntakeDoor;
  readonly picture: () => Picture;
  readonly newId: () => string;
  readonly nowMs: () => number;
}

const together = 10 * 60_000;
/** How far a signal may be from whoever gives no bearing, metres [our own estimate; wind and hills decide]. */
const reachM: Readonly<Record<SignalIn['kind'], number>> = {
  bell: 4_000,
  whistle: 1_000,
  flare: 15_000,
  shots: 5_000,
  other: 5_000,
};

export function createSignalsDoor({ intake, picture, newId, nowMs }: Parts): SignalsDoor {
  return {
    async take(principal, body) {
      mustMay(principal, 'report-signal', 'report a signal');
      const given = parseBody(signalInSchema, body);
      const from = standpoint(given, picture());
      const atMs = Math.min(given.atMs ?? nowMs(), nowMs());
      const id = ownIdOf(principal, given.id ?? newId());
      const known = [...picture().alerts.values()].find(({ report }) =>
        report.signal?.bearings.some((bearing) => bearing.id === id),
      );
      if (known) return { id: known.id, isNew: false };
      const bearing =
        typeof given.bearingDeg === 'number'
          ? { id, ...from, bearingDeg: given.bearingDeg, atMs }
          : undefined;
      const other = bearing && crossed(picture(), given.kind, bearing);
      if (bearing && other) {
        await intake.change(principal, {
          id: other.alert.id,
          patch: moved(other.alert, bearing, other.fix),
          changeId: id,
        });
        return { id: other.alert.id, isNew: false };
      }
      const report = reportOf(given, from, bearing, atMs);
      return await intake.raise(principal, { id, report });
    },
  };
}

/** The client's id counts for its author only: two telephones that both begin at 1 are two. */
function ownIdOf({ id: author }: Principal, id: string): string {
  return `signal-${createHash('sha256').update(`${author} ${id}`).digest('hex').slice(0, 24)}`;
}

function standpoint({ lon, lat, placeId }: SignalIn, picture: Picture): { lon: number; lat: number } {
  if (typeof lon === 'number' && typeof lat === 'number') return { lon, lat };
  const place = picture.places.get(placeId ?? '')?.place;
  if (place) return { lon: place.lon, lat: place.lat };
  throw new Failure('not-found', 'there is no such place', { field: 'placeId' });
}

/** The newest open alert of the same kind of signal whose bearings cross this one; nobody learns so of a restricted one. */
function crossed(
  picture: Picture,
  kind: SignalIn['kind'],
  bearing: Bearing,
): { readonly alert: Alert; readonly fix: BearingFix } | undefined {
  const found = [...picture.alerts.values()]
    .filter(({ state, report, restricted }) => isOpen(state) && !restricted && report.signal?.kind === kind)
    .sort((a, b) => b.receivedAtMs - a.receivedAtMs)
    .flatMap((alert) => {
      const fixes = (alert.report.signal?.bearings ?? [])
        .filter(({ atMs }) => Math.abs(atMs - bearing.atMs) <= together)
        .flatMap((before) => crossing(before, bearing) ?? [])
        .sort((a, b) => a.radiusM - b.radiusM);
      return fixes[0] ? [{ alert, fix: fixes[0] }] : [];
    });
  return found[0];
}

/** The alert moves to the crossing; a later bearing moves it again only where it leaves less open. */
function moved({ report }: Alert, bearing: Bearing, fix: BearingFix): Partial<AlertReport> {
  const { signal } = report;
  if (!signal) return {};
  const bearings = [...signal.bearings, bearing].slice(-20);
  const isBetter = !signal.fixed || fix.radiusM < (report.radiusM ?? Infinity);
  return {
    signal: { ...signal, bearings, fixed: true },
    ...(isBetter ? { lon: fix.lon, lat: fix.lat, radiusM: fix.radiusM, precision: 'area' } : {}),
    // The village that heard it first is not where it is.
    ...(isBetter ? { placeId: null, placeName: null } : {}),
  };
}

/** Bells and whistles were the alarm of Operation Night Flash: an attack is near until somebody knows better. */
function reportOf(
  given: SignalIn,
  from: { readonly lon: number; readonly lat: number },
  bearing: Bearing | undefined,
  atMs: number,
): AlertReport {
  return {
    category: 'imminent-attack',
    priority: 'P1',
    text: given.text ?? '',
    channel: 'signal',
    ...from,
    ...(given.placeId ? { placeId: given.placeId } : {}),
    precision: 'area',
    radiusM: reachM[given.kind],
    occurredAt: new Date(atMs).toISOString(),
    sourceGrade: 'F',
    infoGrade: 6,
    signal: { kind: given.kind, bearings: bearing ? [bearing] : [], fixed: false },
  };
}
