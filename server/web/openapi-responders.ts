import { responderReasons, responseKinds } from '../../shared/model/responder.ts';
import { unitStates } from '../../shared/model/unit-lists.ts';
import { idText, inPath, json, operation, text, type JsonSchema, type Paths } from './openapi-shape.ts';
import { may } from './openapi-watch.ts';

const number: JsonSchema = { type: 'number' };
const orNull = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }] });

const reason: JsonSchema = {
  type: 'object',
  properties: { code: { type: 'string', enum: responderReasons }, of: text, count: number },
  required: ['code'],
};

const responder: JsonSchema = {
  type: 'object',
  properties: {
    unit: idText,
    etaS: orNull({
      type: 'object',
      properties: { best: number, likely: number, worst: number },
      required: ['best', 'likely', 'worst'],
      description: 'seconds from the answer on',
    }),
    distanceM: orNull(number),
    via: orNull({ type: 'string', enum: ['road', 'air', 'foot'] }),
    reasons: { type: 'array', items: reason },
    able: { type: 'boolean' },
    state: { type: 'string', enum: unitStates },
    ageS: orNull(number),
    responses: { type: 'array', items: { type: 'string', enum: responseKinds } },
    arrivesBeforeHarm: { type: 'string', enum: ['yes', 'perhaps', 'no'] },
    route: {
      type: 'array',
      items: { type: 'array', items: number },
      description: 'lon, lat; first ones only',
    },
  },
  required: ['unit', 'etaS', 'distanceM', 'via', 'reasons', 'able', 'state', 'ageS', 'responses'],
};

/** Who can get there. */
export const responderPaths: Paths = {
  '/api/alerts/{id}/responders': {
    get: operation({
      id: 'getResponders',
      tag: 'Alerts',
      summary: 'Who can get there, the best first',
      description:
        `${may('read-responders')} The units that you see in full; at most 50. Times are a band along the ` +
        'roads of the mission. Of a restricted alert only its area counts.',
      parameters: [inPath('id', 'the alert')],
      answers: {
        200: { description: 'ranked', content: json({ type: 'array', items: responder }) },
      },
      failures: ['role-not-allowed', 'not-found', 'conflict'],
    }),
  },
};
