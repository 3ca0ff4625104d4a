import { Router, type Request, type Response } from 'express';
import { Failure } from '../../shared/failure.ts';
import type { ReportOut, ReportSubject } from '../../shared/model/report.ts';
import type { Principal } from '../../shared/role.ts';
import { mustMay } from '../ingest/may.ts';
import { subjectOf, type ReportsDoor } from '../ingest/reports.ts';
import { reportDocx } from '../reports/report-docx.ts';
import { readReport } from '../reports/reports.ts';
import type { ViewContext } from '../audience/view-context.ts';
import { askedCount, askedDay, askedLanguage, askedText, changeIdOf, pathPart } from './asked.ts';
import { bodyJson, bytesUpTo } from './bodies.ts';
import { reportCss } from './report-css.ts';
import { reportPage } from './report-page.ts';
import { callerOf, signedIn, type WhoAsks } from './who-asks.ts';

interface Parts {
  readonly whoAsks: WhoAsks;
  readonly reports: ReportsDoor;
  readonly context: () => ViewContext;
  readonly isExercise: boolean;
}

const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const body = bytesUpTo(1_000_000);

/** Flash report, incident report, SITREP: drafted, edited, signed; as JSON, a page or a Word document by `Accept`. */
export function reportRoutes({ whoAsks, reports, context, isExercise }: Parts): Router {
  const routes = Router();
  const answer = async (request: Request, response: Response, subject: ReportSubject): Promise<void> => {
    const principal = await whoAsks(request);
    mustMay(principal, 'read-reports', 'read reports');
    const about = subject.kind === 'sitrep' ? ofOwnSector(subject, principal) : subject;
    const wanted = { isExercise, draft: request.query['draft'] === '1', ...versionOf(request) };
    await send(response, readReport(about, principal, context(), wanted));
  };
  for (const kind of ['flash', 'incident'] as const) {
    routes.get(`/api/reports/${kind}/:alertId`, (request, response) =>
      answer(request, response, {
        kind,
        lang: askedLanguage(request),
        alertId: pathPart(request, 'alertId'),
      }),
    );
  }
  routes.get('/api/reports/sitrep', (request, response) => {
    const sector = askedText(request, 'sector');
    return answer(request, response, {
      kind: 'sitrep',
      lang: askedLanguage(request),
      date: askedDay(request, 'date', context().atMs),
      ...(sector === undefined ? {} : { sector }),
    });
  });
  routes.get('/api/reports.css', (_request, response) => void response.type('css').send(reportCss()));
  routes.get('/api/reports/:id', (request, response) =>
    answer(request, response, subjectOf(pathPart(request, 'id'))),
  );
  routes.put('/api/reports/:id', signedIn(whoAsks), body, async (request, response) => {
    const caller = callerOf(response);
    const subject = await reports.save(
      caller,
      pathPart(request, 'id'),
      bodyJson(request),
      changeIdOf(request),
    );
    response.json(readReport(subject, caller, context(), { isExercise }));
  });
  routes.post('/api/reports/:id/sign', signedIn(whoAsks), body, async (request, response) => {
    const caller = callerOf(response);
    const subject = await reports.sign(caller, pathPart(request, 'id'), changeIdOf(request));
    response.json(readReport(subject, caller, context(), { isExercise }));
  });
  return routes;
}

/** A sector that names none means its own. */
function ofOwnSector(subject: ReportSubject, { role, sectors }: Principal): ReportSubject {
  const [own] = sectors;
  return role === 'sector' && subject.sector === undefined && own !== undefined
    ? { ...subject, sector: own }
    : subject;
}

function versionOf(request: Request): { version?: number } {
  if (request.query['version'] === undefined) return {};
  return { version: askedCount(request, 'version', 1, 10_000) };
}

const forms = { json: 'json', html: 'html', docx: docxType } as const;

/** By `format` where a link cannot say what it accepts, else by `Accept`. */
function formOf(request: Request): string | false {
  const format = askedText(request, 'format');
  if (format === undefined) return request.accepts(['json', 'html', docxType]);
  const name = (Object.keys(forms) as Array<keyof typeof forms>).find((form) => form === format);
  if (name) return forms[name];
  throw new Failure('field-invalid', `format is one of ${Object.keys(forms).join(', ')}`, {
    field: 'format',
  });
}

async function send(response: Response, report: ReportOut): Promise<void> {
  response.setHeader('Cache-Control', 'no-store');
  response.vary('Accept');
  const type = formOf(response.req);
  if (type === docxType) {
    const name = `${report.serial.replace(/[^\w-]+/g, '-')}.docx`;
    response
      .attachment(name)
      .type(docxType)
      .send(await reportDocx(report));
  } else if (type === 'html') response.type('html').send(reportPage(report));
  else if (type === 'json') response.json(report);
  else throw new Failure('bad-request', `a report comes as JSON, HTML or ${docxType}`, { field: 'Accept' });
}
