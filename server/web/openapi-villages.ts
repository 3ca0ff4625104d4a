import type { ContactOut, VillageOut, VillagesOut, SilentVillagesOut } from '../../shared/model/village.ts';
import {
  contactBys,
  contactResults,
  contactWays,
  villageReaches,
  villageStates,
} from '../../shared/model/village-lists.ts';
import { listOf, objectOf } from './openapi-answers.ts';
import {
  inPath,
  inQuery,
  json,
  operation,
  ref,
  text,
  time,
  type JsonSchema,
  type Paths,
} from './openapi-shape.ts';
import { fieldFailures, may } from './openapi-watch.ts';
import { mostVillages } from './village-routes.ts';

const number: JsonSchema = { type: 'number' };
const whole: JsonSchema = { type: 'integer', minimum: 0 };
const oneOf = (values: readonly string[]): JsonSchema => ({ type: 'string', enum: [...values] });
const hows = oneOf([...contactWays, 'message']);
const villageId = inPath('id', 'the village');
const answer = (name: string, description: string) => ({ description, content: json(ref(name)) });

const contact = objectOf<ContactOut>(
  {
    id: text,
    at: time,
    how: { ...hows, description: 'message: of a focal point of the village' },
    by: oneOf(contactBys),
    result: oneOf(contactResults),
    note: text,
    notedBy: text,
  },
  ['id', 'at', 'how'],
);

const village = objectOf<VillageOut>(
  {
    ...{ id: text, name: text, lon: number, lat: number, population: whole },
    ...{ languages: listOf(text), sector: text, reach: listOf(oneOf(villageReaches)), network: text },
    ...{ contactEveryH: number, liaison: { ...text, description: 'post or pseudonym of the assistant' } },
    hamletOf: { type: 'object', properties: { id: text, name: text }, required: ['id'] },
    nearestBase: {
      type: 'object',
      properties: { id: text, name: text, distanceM: whole },
      required: ['id', 'name', 'distanceM'],
      description: 'as given, else the nearest in a straight line',
    },
    state: {
      ...oneOf(villageStates),
      description: 'silent: its contact is overdue; unset: none is expected',
    },
    lastContact: {
      type: 'object',
      properties: { at: time, how: hows, result: oneOf(contactResults) },
      required: ['at', 'how'],
    },
    dueAt: time,
    networkSilent: {
      type: 'boolean',
      const: true,
      description: 'most villages on its network are silent: it may be the network',
    },
    contacts: { ...listOf(contact), description: 'newest first, where one village is asked for' },
  },
  ['id', 'name', 'lon', 'lat', 'state'],
);

const counts: JsonSchema = {
  type: 'object',
  properties: Object.fromEntries(villageStates.map((state) => [state, whole])),
  required: [...villageStates],
};
const villages = objectOf<VillagesOut>(
  { at: time, villages: listOf(ref('Village')), total: whole, next: whole, counts },
  ['at', 'villages', 'total', 'counts'],
);

/** What the registry of villages answers. */
export const villageSchemas: Readonly<Record<string, JsonSchema>> = {
  Village: { ...village, description: 'A village with what the registry knows of it.' },
  Villages: { ...villages, description: 'A page of the registry of villages.' },
};

/** The registry of villages. */
export const villagePaths: Paths = {
  '/api/villages': {
    get: operation({
      id: 'getVillages',
      tag: 'Villages',
      summary: 'Villages: those that fell silent first, then those due, then the others',
      description: `${may('read-villages')} Sector and liaison read of their own area.`,
      parameters: [
        inQuery('q', 'a name, spelt in any way; best first', text),
        inQuery('sector', 'of one sector', text),
        inQuery('state', 'that stand so', oneOf(villageStates)),
        inQuery('reach', 'that can be reached so', oneOf(villageReaches)),
        inQuery('from', '`next` of the page before', whole),
        inQuery('limit', 'at most so many', {
          type: 'integer',
          minimum: 1,
          maximum: mostVillages,
          default: 50,
        }),
      ],
      answers: { 200: answer('Villages', 'one page') },
      failures: ['role-not-allowed', 'field-invalid', 'field-out-of-range'],
    }),
  },
  '/api/silent-villages': {
    get: operation({
      id: 'getSilentVillages',
      tag: 'Villages',
      summary: 'Ids of the villages that are silent now, the longest overdue first',
      description: `${may('read-villages')} Sector and liaison read of their own area.`,
      answers: {
        200: {
          description: 'for the marks of a map',
          content: json(objectOf<SilentVillagesOut>({ at: time, ids: listOf(text) }, ['at', 'ids'])),
        },
      },
      failures: ['role-not-allowed'],
    }),
  },
  '/api/villages/{id}': {
    get: operation({
      id: 'getVillage',
      tag: 'Villages',
      summary: 'One village with its last contacts',
      description: may('read-villages'),
      parameters: [villageId],
      answers: { 200: answer('Village', 'the village') },
      failures: ['role-not-allowed', 'not-found'],
    }),
  },
  '/api/villages/{id}/contacts': {
    post: operation({
      id: 'postContact',
      tag: 'Villages',
      summary: 'Note a contact with a village',
      description: `${may('note-contact')} \`no-answer\` is an attempt: the village stays as silent as it was.`,
      parameters: [villageId],
      body: json(ref('ContactIn')),
      answers: { 200: answer('Village', 'was noted already'), 201: answer('Village', 'as it stands now') },
      failures: ['role-not-allowed', 'not-found', 'conflict', 'time-future', ...fieldFailures],
    }),
  },
};
