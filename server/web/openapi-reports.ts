import {
  idText,
  inPath,
  inQuery,
  json,
  operation,
  ref,
  text,
  type Answer,
  type Paths,
} from './openapi-shape.ts';
import { changeId, fieldFailures, language, may } from './openapi-watch.ts';

const alertId = inPath('alertId', 'the alert');
const reportId = inPath(
  'id',
  '`flash-en-ALERT`, `incident-fr-ALERT`, `sitrep-en-2026-11-22`, with a sector `sitrep-en-2026-11-22-N`',
  text,
);
const version = inQuery('version', 'one that was signed', { type: 'integer', minimum: 1 });
const draft = inQuery('draft', '1: the draft as it would be now', { type: 'string', enum: ['1'] });

const format = inQuery('format', 'for links, which cannot say what they accept', {
  type: 'string',
  enum: ['json', 'html', 'docx'],
});

const report: Answer = {
  description: 'the last one signed, while nothing was saved after it; else the draft',
  content: {
    ...json(ref('Report')),
    'text/html': { schema: { type: 'string', description: 'a page that prints on A4' } },
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document': {
      schema: { type: 'string', format: 'binary' },
    },
  },
};
const only: Answer = { description: 'as it is now', content: json(ref('Report')) };
const readFailures = ['bad-request', 'role-not-allowed', 'not-found', ...fieldFailures] as const;
const about =
  `${may('read-reports')} Drafted from the record; every figure carries the ids of its records. Restricted alerts ` +
  'and sources are never in it. The form is chosen by Accept.';

/** Reports. */
export const reportPaths: Paths = {
  '/api/reports/flash/{alertId}': {
    get: operation({
      id: 'getFlash',
      tag: 'Watch',
      summary: 'Flash report of an alert',
      description: about,
      parameters: [alertId, language, version, draft, format],
      answers: { 200: report },
      failures: readFailures,
    }),
  },
  '/api/reports/incident/{alertId}': {
    get: operation({
      id: 'getIncident',
      tag: 'Watch',
      summary: 'Incident report of an alert',
      description: about,
      parameters: [alertId, language, version, draft, format],
      answers: { 200: report },
      failures: readFailures,
    }),
  },
  '/api/reports/sitrep': {
    get: operation({
      id: 'getSitrep',
      tag: 'Watch',
      summary: 'Daily situation report',
      description: `${about} A sector reads that of its own sector.`,
      parameters: [
        inQuery('date', 'day in UTC; today where it is missing', { type: 'string', format: 'date' }),
        inQuery('sector', 'of one sector', idText),
        language,
        version,
        draft,
        format,
      ],
      answers: { 200: report },
      failures: readFailures,
    }),
  },
  '/api/reports/{id}': {
    get: operation({
      id: 'getReport',
      tag: 'Watch',
      summary: 'A report by its id',
      description: about,
      parameters: [reportId, version, draft, format],
      answers: { 200: report },
      failures: readFailures,
    }),
    put: operation({
      id: 'putReport',
      tag: 'Watch',
      summary: 'Write sections of a report',
      description: `${may('write-report')} A text takes the place of the draft of its section; null brings the draft back.`,
      parameters: [reportId, changeId],
      body: json(ref('ReportEdits')),
      answers: { 200: only },
      failures: ['role-not-allowed', 'not-found', ...fieldFailures],
    }),
  },
  '/api/reports/{id}/sign': {
    post: operation({
      id: 'signReport',
      tag: 'Watch',
      summary: 'Sign a report as it stands',
      description:
        `${may('write-report')} What was signed is never changed; the next signature makes another version. A ` +
        'signed flash report ends the segment `report` of its alert.',
      parameters: [reportId, changeId],
      body: json({ type: 'object' }),
      lenientBody: true,
      answers: { 200: only },
      failures: ['role-not-allowed', 'not-found', 'record-unavailable'],
    }),
  },
};
