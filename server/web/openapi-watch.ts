import { mostLogLines } from '../../shared/model/watch-log.ts';
import { reportLanguages } from '../../shared/model/report.ts';
import { rolesThatMay, type Deed } from '../../shared/role.ts';
import {
  idText,
  inQuery,
  json,
  operation,
  ref,
  text,
  time,
  type Parameter,
  type Paths,
} from './openapi-shape.ts';

export const may = (deed: Deed): string => `Roles: ${rolesThatMay(deed).join(', ')}.`;
export const fieldFailures = ['field-missing', 'field-invalid', 'field-out-of-range'] as const;
export const language = inQuery('lang', 'of the texts', {
  type: 'string',
  enum: [...reportLanguages],
  default: 'en',
});
export const changeId: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: "the client's own id of this change: the same one twice changes nothing",
  schema: { type: 'string', maxLength: 100 },
};

/** The watch log. */
export const watchPaths: Paths = {
  '/api/watch-log': {
    get: operation({
      id: 'getWatchLog',
      tag: 'Watch',
      summary: 'The watch log, newest first',
      description:
        `${may('read-watch-log')} What people wrote, and what the record holds of what people and the system did. ` +
        'Restricted alerts are protection incidents to the desk and absent for others; sources are never in it.',
      parameters: [
        inQuery('from', 'first time', time),
        inQuery('to', 'last time', time),
        inQuery('alert', 'lines about this alert', idText),
        inQuery('unit', 'lines about this unit', idText),
        inQuery('before', '`next` of the page before', text),
        inQuery('limit', 'at most so many lines', {
          type: 'integer',
          minimum: 1,
          maximum: mostLogLines,
          default: 100,
        }),
        language,
      ],
      answers: { 200: { description: 'one page', content: json(ref('LogPage')) } },
      failures: ['role-not-allowed', 'field-invalid', 'field-out-of-range', 'time-invalid'],
    }),
    post: operation({
      id: 'postWatchLog',
      tag: 'Watch',
      summary: 'Write a line',
      description: `${may('write-watch-log')} A line is never changed; one that \`corrects\` another stands beside it.`,
      body: json(ref('LogNoteIn')),
      answers: {
        200: { description: 'was there already', content: json(ref('LogLine')) },
        201: { description: 'written', content: json(ref('LogLine')) },
      },
      failures: ['role-not-allowed', 'not-found', 'conflict', ...fieldFailures],
    }),
  },
};
