import { rolesThatMay } from '../../shared/role.ts';
import { json, operation, ref, text, type JsonSchema, type Paths } from './openapi-shape.ts';

const may = `Roles: ${rolesThatMay('call-walls').join(', ')}.`;

const names: JsonSchema = {
  type: 'object',
  properties: { walls: { type: 'array', items: text } },
  required: ['walls'],
};

/** What a desk asks of the walls. */
export const wallPaths: Paths = {
  '/api/walls': {
    get: operation({
      id: 'getWalls',
      tag: 'Walls',
      summary: 'Which walls are on a line',
      description: `${may} Of several servers on one record each names its own.`,
      answers: { 200: { description: 'names of their tokens, in order', content: json(names) } },
      failures: ['role-not-allowed'],
    }),
  },
  '/api/walls/reload': {
    post: operation({
      id: 'postWallsReload',
      tag: 'Walls',
      summary: 'Ask walls to load anew, or to show another layout',
      description:
        `${may} Every wall that is on a line hears it, whichever server it follows, and loads within a few seconds. ` +
        'Who asked for what is kept in the record.',
      body: json(ref('WallCall')),
      answers: { 200: { description: 'it was asked', content: json(ref('WallCall')) } },
      failures: ['role-not-allowed', 'field-invalid', 'field-out-of-range'],
    }),
  },
};
