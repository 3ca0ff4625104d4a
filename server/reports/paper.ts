import { mgrsText, decimalText } from '../../shared/geo/coordinates.ts';
import { ageText, clockText, dtg, elapsedText } from '../../shared/messages/format.ts';
import { reportText, wordText } from '../../shared/messages/report-text.ts';
import type { AlertOut } from '../../shared/model/alert.ts';
import type { ReportLanguage } from '../../shared/model/report.ts';
import type { UnitOut } from '../../shared/model/unit.ts';
import type { Principal } from '../../shared/role.ts';
import { runningSegment } from '../../shared/rules/response-clock.ts';
import { audienceOf, viewOf } from '../audience/audience.ts';
import { crisisBanner } from '../audience/crisis-view.ts';
import { openAlertsSeen, reportableText } from '../audience/reportable.ts';
import type { ViewContext } from '../audience/view-context.ts';

/** What a sheet of paper can carry; the most urgent alerts and the nearest to now come first. */
const mostRows = 300;

export interface PaperAlert {
  readonly number: string;
  readonly what: string;
  readonly where: string;
  readonly state: string;
  readonly clock: string;
  readonly isOver: boolean;
  readonly owner: string;
  readonly tasks: string;
}

export interface PaperPoint {
  readonly kind: 'base' | 'alert' | 'unit';
  readonly lon: number;
  readonly lat: number;
  readonly label: string;
}

/** The state of the watch in words, for a sheet that has to do when the power is gone. */
export interface Paper {
  readonly lang: ReportLanguage;
  readonly mission: string;
  readonly isExercise: boolean;
  readonly dtg: string;
  readonly crisis?: string;
  readonly alerts: readonly PaperAlert[];
  readonly units: ReadonlyArray<readonly [unit: string, kind: string, position: string, age: string]>;
  readonly places: ReadonlyArray<readonly [name: string, kind: string, position: string]>;
  readonly contacts: ReadonlyArray<readonly [callsign: string, use: string, channels: string]>;
  readonly points: readonly PaperPoint[];
}

interface Printing extends ViewContext {
  readonly principal: Principal;
  readonly lang: ReportLanguage;
  readonly isExercise: boolean;
}

/** Everything of the sheet as its reader may see it. Telephone numbers are in none of it. */
export function paperOf(printing: Printing): Paper {
  const { lang, mission, picture, atMs, isExercise } = printing;
  const alerts = alertsSeen(printing);
  const units = unitsSeen(printing);
  const places = [...picture.places.values()]
    .map(({ place }) => place)
    .filter(({ kind }) => kind !== 'village');
  const banner = crisisBanner(picture);
  return {
    ...{ lang, isExercise, mission: mission.name, dtg: dtg(atMs) },
    ...(banner ? { crisis: crisisText(banner, lang) } : {}),
    alerts: alerts.map((alert) => alertRow(alert, printing)),
    units: units.map((unit) => unitRow(unit, printing)),
    places: places
      .slice(0, mostRows)
      .map(({ name, kind, lon, lat }) => [name, wordText(lang, 'placeKind', kind), grid(lon, lat)]),
    contacts: mission.file.contacts.map(({ callsign, use, channels }) => [
      reportableText(callsign),
      reportableText(use),
      channels.map(reportableText).join(', '),
    ]),
    points: [
      ...places.filter(({ kind }) => kind === 'base').map((base) => point('base', base, base.name)),
      ...units.flatMap((unit) => located('unit', unit, unit.callsign ?? unit.id)),
      ...alerts.flatMap((alert) => located('alert', alert, alert.number ?? '')),
    ],
  };
}

function crisisText(
  { name, since }: { readonly name: string; readonly since: string },
  lang: ReportLanguage,
) {
  return reportText(lang, 'paper.crisis', { name, dtg: dtg(Date.parse(since)) });
}

function point(
  kind: PaperPoint['kind'],
  { lon, lat }: { readonly lon: number; readonly lat: number },
  label: string,
): PaperPoint {
  return { kind, lon, lat, label };
}

function located(
  kind: PaperPoint['kind'],
  { lon, lat }: { readonly lon?: number | null; readonly lat?: number | null },
  label: string,
): PaperPoint[] {
  return typeof lon === 'number' && typeof lat === 'number' ? [point(kind, { lon, lat }, label)] : [];
}

function alertsSeen({ principal, ...context }: Printing): AlertOut[] {
  const audience = audienceOf(principal);
  return openAlertsSeen(principal, context)
    .flatMap((alert) => viewOf.alerts(alert, audience, context) ?? [])
    .sort((a, b) => mostUrgentFirst(a, b, context.atMs))
    .slice(0, mostRows);
}

function mostUrgentFirst(a: AlertOut, b: AlertOut, atMs: number): number {
  if (a.priority !== b.priority) return a.priority < b.priority ? -1 : 1;
  const left = ({ clock }: AlertOut): number => runningSegment(clock.segments, atMs)?.leftS ?? 1e12;
  return left(a) - left(b);
}

function unitsSeen({ principal, picture, ...context }: Printing): UnitOut[] {
  const audience = audienceOf(principal);
  return [...picture.units.values()]
    .flatMap((unit) => viewOf.units(unit, audience, { picture, ...context }) ?? [])
    .sort((a, b) => ((a.callsign ?? a.id) < (b.callsign ?? b.id) ? -1 : 1))
    .slice(0, mostRows);
}

function grid(lon: number, lat: number): string {
  return mgrsText(lon, lat, 4) ?? decimalText(lon, lat, 3);
}

function alertRow(alert: AlertOut, { lang, picture, atMs }: Printing): PaperAlert {
  const { lon, lat, radiusM, placeName, category, priority } = alert;
  const at = typeof lon === 'number' && typeof lat === 'number' ? grid(lon, lat) : undefined;
  const km = radiusM === undefined ? undefined : Math.round((2 * radiusM) / 1_000);
  const area = km === undefined ? undefined : reportText(lang, 'paper.area', { km });
  const where = [placeName && reportableText(placeName), at, area].filter((part) => !!part).join(', ');
  const running = runningSegment(alert.clock.segments, atMs);
  return {
    number: alert.number ?? alert.id,
    what: `${priority} ${wordText(lang, 'category', category)}`,
    where: where === '' ? reportText(lang, 'line.placeUnknown') : where,
    state: wordText(lang, 'alertState', alert.state),
    clock: running ? clockWords(running, lang) : '',
    isOver: (running?.leftS ?? 0) < 0,
    owner: alert.owner ?? '',
    tasks: alert.tasks
      .map(({ unit, state }) => {
        const name = picture.units.get(unit)?.callsign ?? unit;
        return `${name} (${wordText(lang, 'taskState', state)})`;
      })
      .join(', '),
  };
}

function clockWords(
  { segment, leftS, elapsedS }: NonNullable<ReturnType<typeof runningSegment>>,
  lang: ReportLanguage,
): string {
  const name = wordText(lang, 'segment', segment);
  const is = (value: string): string => reportText(lang, 'doc.is', { name, value });
  if (leftS === undefined) return is(reportText(lang, 'paper.runs', { time: elapsedText(elapsedS) }));
  const key = leftS < 0 ? 'paper.over' : 'paper.left';
  return is(reportText(lang, key, { time: clockText(Math.abs(leftS)) }));
}

function unitRow(unit: UnitOut, { lang }: Printing): Paper['units'][number] {
  const { lon, lat, ageS } = unit;
  const never = reportText(lang, 'paper.never');
  const kind = wordText(lang, 'unitKind', unit.kind);
  const name = unit.callsign ?? unit.id;
  if (lon === null || lat === null || ageS === null) return [name, kind, never, ''];
  return [name, kind, grid(lon, lat), ageText(ageS, lang)];
}
