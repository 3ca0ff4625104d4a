import type { HeldPicture, PictureOut, ThingKind } from '../../shared/picture/picture.ts';
import type { AlertOut } from '../../shared/model/alert.ts';
import type { UnitOut } from '../../shared/model/unit.ts';
import type { Ledger } from './failure-feed.ts';

/** Fixes, alerts and steps that were acknowledged and are not in a server's record; and what is there twice. */
export interface Tally {
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
}

/** Holds one server to what was acknowledged, by the doors that everybody has. */
export async function tally(url: string, token: string, ledger: Ledger): Promise<Tally> {
  const picture = await get<PictureOut>(`${url}/api/picture`, token);
  const fixes = await tallyFixes(url, token, ledger);
  const alerts = tallyAlerts(picture.alerts, ledger);
  return { lost: [...fixes.lost, ...alerts.lost], doubled: [...fixes.doubled, ...alerts.doubled] };
}

interface Track {
  readonly properties: { readonly times: readonly string[] };
}

async function tallyFixes(url: string, token: string, ledger: Ledger): Promise<Tally> {
  const units = new Set([...ledger.sent].map((fix) => fix.split(' ')[0] ?? ''));
  const found = new Set<string>();
  const doubled: string[] = [];
  for (const unit of units) {
    const track = await get<Partial<Track>>(`${url}/api/units/${unit}/track`, token);
    for (const time of track.properties?.times ?? []) {
      const fix = `${unit} ${time}`;
      if (found.has(fix) || !ledger.sent.has(fix)) doubled.push(fix);
      found.add(fix);
    }
  }
  return { lost: [...ledger.acknowledged].filter((fix) => !found.has(fix)), doubled };
}

function tallyAlerts(alerts: readonly AlertOut[], ledger: Ledger): Tally {
  const found = new Map(alerts.map((alert) => [alert.id, alert]));
  const acknowledgments = (id: string): number =>
    (found.get(id)?.history ?? []).filter(({ what }) => what === 'acknowledge').length;
  return {
    lost: [
      ...[...ledger.alerts].filter((id) => !found.has(id)),
      ...ledger.vanished,
      ...[...ledger.stepped].filter((id) => acknowledgments(id) === 0).map((id) => `${id} acknowledged`),
    ],
    doubled: [
      ...alerts.filter(({ id }) => !ledger.alertsSent.has(id)).map(({ id }) => id),
      ...[...found.keys()].filter((id) => acknowledgments(id) > 1).map((id) => `${id} acknowledged`),
    ],
  };
}

type HeldOthers = Omit<HeldPicture, 'units' | 'cursor' | 'at'>;

/** What a viewer of the stock door holds of units otherwise than the picture of its role, ages left out. */
export function unitDifferences(held: Pick<HeldPicture, 'units'>, picture: PictureOut): string[] {
  return differencesOf('units', held.units, picture.units);
}

/** The same for everything but units. */
export function otherDifferences(held: HeldOthers, picture: PictureOut): string[] {
  return (['patrols', 'alerts', 'threats', 'places'] as const).flatMap((kind) =>
    differencesOf(kind, held[kind], picture[kind]),
  );
}

function differencesOf(
  kind: ThingKind,
  held: ReadonlyMap<string, object>,
  things: ReadonlyArray<{ readonly id: string }>,
): string[] {
  const wanted = new Map(things.map((thing) => [thing.id, plain(kind, thing)]));
  const missing = [...wanted.keys()].filter((id) => !held.has(id));
  const wrong = [...held].filter(([id, thing]) => plain(kind, thing) !== wanted.get(id));
  return [
    ...missing.map((id) => `${kind} ${id} is missing`),
    ...wrong.map(([id, thing]) => `${kind} ${id} is ${plain(kind, thing)}, not ${wanted.get(id)}`),
  ];
}

export async function get<T>(url: string, token: string): Promise<T> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  return (await response.json()) as T; // our own server's answer, checked by what follows
}

/** A thing as text without what depends on the moment of the answer. */
function plain(kind: ThingKind, thing: object): string {
  if (kind === 'units') {
    const { ageS: _ageS, state: _state, ...unit } = thing as UnitOut; // the kind says so
    return JSON.stringify(unit, sortedKeys);
  }
  if (kind === 'alerts') {
    const alert = thing as AlertOut; // the kind says so
    const segments = alert.clock.segments.map(({ elapsedS: _elapsedS, over: _over, ...run }) => run);
    return JSON.stringify({ ...alert, clock: { segments } }, sortedKeys);
  }
  return JSON.stringify(thing, sortedKeys);
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
