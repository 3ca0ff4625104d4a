import { Router, type Request } from 'express';
import { Failure } from '../../shared/failure.ts';
import { reportText, type ReportKey } from '../../shared/messages/report-text.ts';
import type { ImpactOut } from '../../shared/model/impact.ts';
import type { ReportLanguage } from '../../shared/model/report.ts';
import type { Principal } from '../../shared/role.ts';
import { reportableAlerts, restrictedByMonth } from '../audience/reportable.ts';
import type { ViewContext } from '../audience/view-context.ts';
import { mustMay } from '../ingest/may.ts';
import { impactOf } from '../reports/impact.ts';
import { askedLanguage, askedText, askedTime } from './asked.ts';
import { impactCsv } from './impact-csv.ts';
import type { WhoAsks } from './who-asks.ts';

interface Parts {
  readonly whoAsks: WhoAsks;
  readonly context: () => ViewContext;
}

const usualSpanMs = 30 * 86_400_000;

/** `GET /api/impact?from&to&sector`: what the alerts of a time can tell of how the mission protects. JSON or CSV. */
export function impactRoutes({ whoAsks, context }: Parts): Router {
  const routes = Router();
  routes.get('/api/impact', async (request, response) => {
    const principal = await whoAsks(request);
    mustMay(principal, 'read-impact', 'read the impact figures');
    const impact = impactFor(principal, context(), request);
    response.setHeader('Cache-Control', 'no-store');
    if (request.query['format'] === 'csv') {
      response.type('text/csv').attachment('impact.csv').send(impactCsv(impact));
      return;
    }
    response.format({
      'application/json': () => void response.json(impact),
      'text/csv': () => void response.send(impactCsv(impact)),
      default: () => void response.json(impact),
    });
  });
  return routes;
}

function impactFor(principal: Principal, context: ViewContext, request: Request): ImpactOut {
  const toMs = askedTime(request, 'to') ?? context.atMs;
  const fromMs = askedTime(request, 'from') ?? toMs - usualSpanMs;
  if (fromMs > toMs) throw new Failure('field-invalid', 'from is after to', { field: 'from' });
  const sector = askedSector(principal, context, request);
  const alerts = reportableAlerts(principal, context).filter(
    (alert) =>
      alert.receivedAtMs >= fromMs &&
      alert.receivedAtMs < toMs &&
      (sector === undefined || alert.sector === sector),
  );
  const zone = context.mission.file.timezoneLetters[0] ?? 'Z';
  const { picture, atMs } = context;
  return {
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    ...(sector === undefined ? {} : { sector }),
    zone,
    definitions: definitions(askedLanguage(request), zone),
    ...impactOf(alerts, { zone, targets: context.mission.clockTargets, atMs }),
    ...(sector === undefined ? { restricted: restrictedByMonth(picture, { fromMs, toMs, atMs }) } : {}),
  };
}

/** A sector reads its own figures; the others may ask for one. */
function askedSector(
  { role, sectors }: Principal,
  { mission }: ViewContext,
  request: Request,
): string | undefined {
  const given = askedText(request, 'sector');
  const asked = given ?? (role === 'sector' ? (sectors[0] ?? '') : undefined);
  if (asked === undefined) return undefined;
  if (role === 'sector' && !sectors.includes(asked)) {
    throw new Failure('role-not-allowed', 'sector reads the figures of its own sector', { field: 'sector' });
  }
  if (mission.sectors.some(({ id }) => id === asked)) return asked;
  throw new Failure('not-found', `there is no sector ${asked}`, { field: 'sector' });
}

const defined = [
  ...(['segment', 'actionable', 'responded', 'rate', 'beforeHarm', 'decidedInTime', 'flashInTime'] as const),
  ...(['toldInTime', 'arrivals', 'byChannel', 'restricted', 'local'] as const),
] as const;

function definitions(lang: ReportLanguage, zone: string): Record<string, string> {
  return Object.fromEntries(
    defined.map((name) => {
      const key: ReportKey = `define.${name}`;
      return [name, reportText(lang, key, { zone })];
    }),
  );
}
