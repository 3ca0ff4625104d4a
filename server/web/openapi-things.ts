import { mostActivityHours } from '../../shared/model/activity.ts';
import { roles, rolesThatMay, type Deed } from '../../shared/role.ts';
import { inPath, inQuery, json, operation, ref, time, type Answer, type Paths } from './openapi-shape.ts';

const unitId = inPath('id', 'the unit');
const threatId = inPath('id', 'the threat');
const fieldFailures = ['field-missing', 'field-invalid', 'field-out-of-range'] as const;

function may(deed: Deed, more = ''): string {
  return `Roles: ${rolesThatMay(deed).join(', ')}${more}.`;
}

function thing(name: string, description: string): Answer {
  return { description, content: json(ref(name)) };
}

const unitPaths: Paths = {
  '/api/units/{id}': {
    put: operation({
      id: 'putUnit',
      tag: 'Units',
      summary: 'Register a unit, or change its particulars',
      description: may('register-unit', '; sector for its own; a feed that is bound to units may not'),
      parameters: [unitId],
      body: json(ref('UnitIn')),
      answers: { 200: thing('Unit', 'changed'), 201: thing('Unit', 'registered') },
      failures: ['role-not-allowed', 'conflict', ...fieldFailures],
    }),
    delete: operation({
      id: 'deleteUnit',
      tag: 'Units',
      summary: 'Remove a unit',
      parameters: [unitId],
      answers: { 204: { description: 'removed' } },
      failures: ['origin-refused', 'role-not-allowed', 'not-found', 'record-unavailable'],
    }),
  },
  '/api/units/{id}/track': {
    get: operation({
      id: 'getTrack',
      tag: 'Units',
      summary: 'Where a unit has been',
      description: `${may('read-track')} An analyst reads up to one hour ago. The form is chosen by Accept.`,
      parameters: [unitId, inQuery('from', 'first time', time), inQuery('to', 'last time', time)],
      answers: {
        200: {
          description: 'oldest first',
          content: {
            'application/geo+json': {
              schema: {
                type: 'object',
                description:
                  'GeoJSON Feature with a LineString; `times`, `speedsMps` and `coursesDeg` of its ' +
                  'properties go with the coordinates one to one',
              },
            },
            'application/gpx+xml': { schema: { type: 'string' } },
            'text/csv': { schema: { type: 'string', description: 'unit,time,lon,lat,speedMps,courseDeg' } },
          },
        },
      },
      failures: ['role-not-allowed', 'unit-not-yours', 'not-found', 'time-invalid'],
    }),
  },
};

const threatPaths: Paths = {
  '/api/threats': {
    post: operation({
      id: 'postThreat',
      tag: 'Threats',
      summary: 'Raise a threat',
      description: may('raise-threat'),
      body: json(ref('ThreatIn')),
      answers: { 200: thing('Threat', 'was there already'), 201: thing('Threat', 'raised') },
      failures: ['role-not-allowed', 'conflict', ...fieldFailures],
    }),
  },
  '/api/threats/{id}': {
    patch: operation({
      id: 'patchThreat',
      tag: 'Threats',
      summary: 'Change a threat',
      description: may('raise-threat'),
      parameters: [threatId],
      body: json(ref('ThreatPatch')),
      answers: { 200: thing('Threat', 'as it is now') },
      failures: ['role-not-allowed', 'not-found', 'conflict', ...fieldFailures],
    }),
  },
  '/api/threats/{id}/end': {
    post: operation({
      id: 'endThreat',
      tag: 'Threats',
      summary: 'End a threat',
      description: may('raise-threat'),
      parameters: [threatId],
      answers: { 200: thing('Threat', 'as it is now') },
      failures: ['origin-refused', 'role-not-allowed', 'not-found', 'record-unavailable'],
    }),
  },
};

const placePaths: Paths = {
  '/api/places/import': {
    post: operation({
      id: 'importPlaces',
      tag: 'Places',
      summary: 'Import villages, sites and bases',
      description: `${may('import-places')} The good ones are taken; the bad ones are listed by their index. What the registry of villages knows stays where an import does not speak of it; null takes it away.`,
      body: {
        'application/geo+json': {
          schema: {
            type: 'object',
            description: 'a FeatureCollection, a Feature or an array of Features: Points',
          },
        },
        'text/csv': {
          schema: {
            type: 'string',
            description:
              'columns id,kind,name,lon,lat,population?,languages?,names?, and for the registry of villages ' +
              'reach?,network?,contactEveryH?,liaison?,nearestBaseId?,hamletOf?',
          },
          example:
            'id,kind,name,lon,lat,population,languages,names\nv1,village,Mabiri,29.1,-1.5,2300,sw;fr,Mabirri|Mabili\n',
        },
      },
      answers: { 200: thing('PlacesAnswer', 'what became of them') },
      failures: ['role-not-allowed'],
    }),
  },
};

const activityPaths: Paths = {
  '/api/activity': {
    get: operation({
      id: 'getActivity',
      tag: 'Picture',
      summary: 'How much happened, by quarters of an hour',
      description:
        `${may('read-activity')} Alerts that the caller may see, by when they were received; positions only for ` +
        'callers that see all units.',
      parameters: [
        inQuery('hours', 'how far back', {
          type: 'integer',
          minimum: 1,
          maximum: mostActivityHours,
          default: mostActivityHours,
        }),
      ],
      answers: { 200: thing('Activity', 'oldest first; the last quarter is the one that runs now') },
      failures: ['role-not-allowed', 'field-out-of-range'],
    }),
  },
};

/** The picture, and what is in it beside alerts. */
export const thingPaths: Paths = {
  '/api/picture': {
    get: operation({
      id: 'getPicture',
      tag: 'Picture',
      summary: 'The whole picture that the caller may see',
      description: `Roles: ${roles.join(', ')}; each has a picture of its own.`,
      parameters: [
        inQuery('bbox', '`west,south,east,north` in degrees; west > east crosses the antimeridian', {
          type: 'string',
          examples: ['28.5,-2,30,0'],
        }),
      ],
      answers: { 200: thing('Picture', 'as it is now') },
      failures: ['field-invalid'],
    }),
  },
  ...activityPaths,
  ...unitPaths,
  ...threatPaths,
  ...placePaths,
};
