import { matches } from '../../shared/model/search.ts';
import { roles } from '../../shared/role.ts';
import { inQuery, json, operation, ref, text, type JsonSchema, type Paths } from './openapi-shape.ts';

const foundPlace: JsonSchema = {
  allOf: [
    ref('Place'),
    {
      type: 'object',
      properties: {
        match: { type: 'string', enum: matches },
        spelling: { ...text, description: 'the other name of the place that was meant' },
      },
      required: ['match'],
    },
  ],
};

const answer: JsonSchema = {
  type: 'object',
  properties: {
    places: { type: 'array', items: foundPlace },
    units: { type: 'array', items: ref('Unit') },
  },
  required: ['places', 'units'],
};

export const searchPaths: Paths = {
  '/api/search': {
    get: operation({
      id: 'search',
      tag: 'Picture',
      summary: 'Find places and units by name',
      description:
        `Roles: ${roles.join(', ')}; each finds what it may see. Accents, hyphens, French, English and Arabic ` +
        'ways of spelling a name and small typing errors do not matter. Best first: the name itself, one that ' +
        'sounds the same, one that begins so, one with a letter wrong; then bases, hospitals, larger places, ' +
        'nearer ones.',
      parameters: [
        {
          ...inQuery('q', 'what is looked for', { type: 'string', maxLength: 120, examples: ['kizangani'] }),
          required: true,
        },
        inQuery('limit', 'at most so many of each', {
          type: 'integer',
          minimum: 1,
          maximum: 50,
          default: 10,
        }),
        inQuery('near', '`lon,lat`: where the asker looks', { type: 'string', examples: ['25.2,0.5'] }),
      ],
      answers: { 200: { description: 'what was found', content: json(answer) } },
      failures: ['field-missing', 'field-invalid', 'field-out-of-range'],
    }),
  },
};
