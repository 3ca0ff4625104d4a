import { stepRules, steps, type Step } from '../../shared/model/alert-steps.ts';
import { rolesThatMay } from '../../shared/role.ts';
import { stepSchemaName } from './openapi-schemas.ts';
import {
  idText,
  inPath,
  json,
  operation,
  ref,
  type Answer,
  type Operation,
  type Parameter,
  type Paths,
} from './openapi-shape.ts';

const alertId = inPath('id', 'the alert');
const changeId: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: "the client's own id of this change (or `id` in the body): the same one twice changes nothing",
  schema: { type: 'string', maxLength: 100 },
};
const fieldFailures = ['field-missing', 'field-invalid', 'field-out-of-range'] as const;

function alert(description: string): Answer {
  return { description, content: json(ref('Alert')) };
}

/** Who may take the step and from where, read off the rules themselves. */
function stepWords(step: Step): string {
  const { from, roles, fromForP1, rolesForHigh, taskFrom } = stepRules[step];
  return [
    `From: ${from.join(', ')}${fromForP1 ? ` (P1 also from ${fromForP1.join(', ')})` : ''}.`,
    taskFrom ? `The task of the unit is ${taskFrom.join(' or ')}.` : '',
    `Roles: ${roles.join(', ')}${rolesForHigh ? ` (P1 and P2: ${rolesForHigh.join(', ')})` : ''}.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function stepOperation(step: Step): Operation {
  return operation({
    id: `alert${stepSchemaName(step)}`,
    tag: 'Steps of an alert',
    summary: `Step ${step}`,
    description: stepWords(step),
    parameters: [alertId, changeId],
    body: json(ref(stepSchemaName(step))),
    answers: { 200: alert('as it is now') },
    failures: [
      'role-not-allowed',
      'unit-not-yours',
      'not-found',
      'unit-unknown',
      'step-not-allowed',
      ...fieldFailures,
    ],
  });
}

/** Alerts: raising and correcting them, and one call for each step. */
export const alertPaths: Paths = {
  '/api/alerts': {
    post: operation({
      id: 'postAlert',
      tag: 'Alerts',
      summary: 'Raise an alert',
      description: `Roles: ${rolesThatMay('raise-alert').join(', ')}.`,
      body: json(ref('AlertIn')),
      answers: { 200: alert('was there already'), 201: alert('raised') },
      failures: ['role-not-allowed', 'conflict', ...fieldFailures],
    }),
  },
  '/api/alerts/read': {
    post: operation({
      id: 'readText',
      tag: 'Alerts',
      summary: 'What a text says, by rule: place, category, urgency; nothing is changed or kept',
      description: `Roles: ${rolesThatMay('read-text').join(', ')}. Each part has a confidence from 0 to 1; what could not be read is absent.`,
      body: json({
        type: 'object',
        properties: {
          text: { type: 'string', maxLength: 10_000 },
          placeId: { type: 'string', maxLength: 64, description: 'where the caller lives' },
        },
        required: ['text'],
      }),
      answers: {
        200: {
          description: 'the reading, as `reading` of an alert',
          content: json({ type: 'object' }),
        },
      },
      failures: ['role-not-allowed', ...fieldFailures],
    }),
  },
  '/api/alerts/{id}': {
    get: operation({
      id: 'getAlert',
      tag: 'Alerts',
      summary: 'An alert as the caller may see it',
      parameters: [alertId],
      answers: { 200: alert('as it is now') },
      failures: ['not-found'],
    }),
    patch: operation({
      id: 'patchAlert',
      tag: 'Alerts',
      summary: 'Correct what was reported',
      description: `Roles: ${rolesThatMay('change-alert').join(', ')}; a restricted one adviser only.`,
      parameters: [alertId, changeId],
      body: json(ref('AlertPatch')),
      answers: { 200: alert('as it is now') },
      failures: ['role-not-allowed', 'not-found', ...fieldFailures],
    }),
  },
  '/api/alerts/{id}/escalations/answer': {
    post: operation({
      id: 'answerEscalation',
      tag: 'Alerts',
      summary: 'Say that the call to your level has arrived',
      description:
        'A level is called when a segment runs over, the next one later: watch, chief, sector, command; of a restricted record watch, chief, adviser. The first of the level who answers is named.',
      parameters: [alertId],
      body: json({
        type: 'object',
        properties: { escalation: { type: 'string', maxLength: 200 } },
        required: ['escalation'],
      }),
      answers: { 200: alert('as it is now') },
      failures: ['role-not-allowed', 'not-found', ...fieldFailures],
    }),
  },
  '/api/alerts/{id}/prewarn': {
    post: operation({
      id: 'prewarnUnits',
      tag: 'Alerts',
      summary: 'Tell units to be ready while an alert is being verified',
      description: `Roles: ${rolesThatMay('prewarn-units').join(', ')}. It moves nothing; a patrol sees the alert of which its units were told.`,
      parameters: [alertId],
      body: json({
        type: 'object',
        properties: { units: { type: 'array', items: idText, minItems: 1, maxItems: 50 } },
        required: ['units'],
      }),
      answers: { 200: alert('as it is now') },
      failures: [
        'role-not-allowed',
        'unit-not-yours',
        'not-found',
        'unit-unknown',
        'conflict',
        ...fieldFailures,
      ],
    }),
  },
  '/api/alerts/{id}/prewarn/end': {
    post: operation({
      id: 'endPrewarning',
      tag: 'Alerts',
      summary: 'A unit need not be ready any more',
      description: `Roles: ${rolesThatMay('prewarn-units').join(', ')}. No reason is asked for, and none is counted.`,
      parameters: [alertId],
      body: json({ type: 'object', properties: { unit: idText }, required: ['unit'] }),
      answers: { 200: alert('as it is now') },
      failures: ['role-not-allowed', 'unit-not-yours', 'not-found', ...fieldFailures],
    }),
  },
  ...Object.fromEntries(steps.map((step) => [`/api/alerts/{id}/${step}`, { post: stepOperation(step) }])),
};
