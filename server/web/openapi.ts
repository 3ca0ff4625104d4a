import { alertPaths } from './openapi-alerts.ts';
import { intakePaths } from './openapi-intake.ts';
import { feedPaths } from './openapi-feeds.ts';
import { componentSchemas } from './openapi-schemas.ts';
import { responderPaths } from './openapi-responders.ts';
import { searchPaths } from './openapi-search.ts';
import { servicePaths } from './openapi-service.ts';
import type { ApiDescription } from './openapi-shape.ts';
import { thingPaths } from './openapi-things.ts';
import { wallPaths } from './openapi-walls.ts';
import { villagePaths } from './openapi-villages.ts';
import { reportPaths } from './openapi-reports.ts';
import { shiftPaths } from './openapi-shift.ts';
import { watchPaths } from './openapi-watch.ts';
import { sessionCookie } from '../identity/credentials.ts';

const description =
  'Positions, alerts, threats and places of a mission, and the picture that each role may see of them. ' +
  'Times are RFC 3339 UTC; coordinates WGS84 degrees in the order lon, lat; speed m/s; course degrees ' +
  'true. Sending the same thing twice changes nothing. What was acknowledged is durable.';

/** The API as OpenAPI 3.1: bodies from the very schemas that parse them, answers tied to their types. */
export function openApi(version: string): ApiDescription {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Nightflash',
      version,
      description,
      license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
    },
    tags: [
      {
        name: 'Positions',
        description: 'The doors through which devices and programs report where units are.',
      },
      { name: 'Picture', description: 'What is true now.' },
      { name: 'Alerts', description: 'Warnings and incidents, from the report to the answer.' },
      {
        name: 'Steps of an alert',
        description: 'How an alert moves. A step that is not possible now answers 409.',
      },
      { name: 'Threats', description: 'Areas of danger, with likelihood and impact.' },
      { name: 'Units', description: 'Who is in the field.' },
      { name: 'Places', description: 'Villages, sites, bases.' },
      { name: 'Villages', description: 'How villages are reached, and which have fallen silent.' },
      { name: 'Watch', description: 'The watch log, handovers, reports, rumours, crises, paper.' },
      { name: 'Intake', description: 'The doors of those who call for help.' },
      { name: 'Focal points', description: 'Who calls, under pseudonyms only.' },
      { name: 'Walls', description: 'The displays on the walls of an operations centre.' },
      { name: 'Session', description: 'Signing in from a browser.' },
      { name: 'Service', description: 'The service itself.' },
    ],
    paths: {
      ...feedPaths,
      ...intakePaths,
      ...thingPaths,
      ...searchPaths,
      ...alertPaths,
      ...responderPaths,
      ...wallPaths,
      ...watchPaths,
      ...reportPaths,
      ...shiftPaths,
      ...villagePaths,
      ...servicePaths,
    },
    components: {
      schemas: componentSchemas(),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'A token of `npm run token`.' },
        cookie: {
          type: 'apiKey',
          in: 'cookie',
          name: sessionCookie,
          description:
            'The session of a browser; calls that change something need an `Origin` of this server.',
        },
        basic: {
          type: 'http',
          scheme: 'basic',
          description: 'The token as password, for devices that know no other.',
        },
      },
    },
  };
}
