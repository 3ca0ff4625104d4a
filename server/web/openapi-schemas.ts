import { z } from 'zod';
import { alertInSchema, alertPatchSchema } from '../../shared/model/alert.ts';
import { stepBodies } from '../../shared/model/step-bodies.ts';
import { steps, type Step } from '../../shared/model/alert-steps.ts';
import { missionSchema } from '../../shared/model/mission.ts';
import { preferencesPatchSchema } from '../../shared/model/preferences.ts';
import { placeSchema } from '../../shared/model/place.ts';
import { positionSchema } from '../../shared/model/position.ts';
import { threatInSchema, threatPatchSchema } from '../../shared/model/threat.ts';
import { unitInSchema } from '../../shared/model/unit.ts';
import { wallCallSchema } from '../../shared/model/wall-call.ts';
import { answerSchemas } from './openapi-answers.ts';
import type { JsonSchema } from './openapi-shape.ts';

/** The schemas that parse what comes in, by the name under which the description shows them. */
const bodySchemas: ReadonlyArray<readonly [name: string, schema: z.ZodType, description: string]> = [
  ['PositionIn', positionSchema, 'One position. More than 60 s in the future is refused.'],
  ['UnitIn', unitInSchema, 'A unit as it is registered.'],
  [
    'AlertIn',
    alertInSchema,
    'An alert as it is raised; `id` makes a retry change nothing. lon and lat come together.',
  ],
  ['AlertPatch', alertPatchSchema, 'Corrections of what was reported. State moves by steps only.'],
  ['ThreatIn', threatInSchema, 'A threat as it is raised; `id` makes a retry change nothing.'],
  ['ThreatPatch', threatPatchSchema, 'Changes of a threat.'],
  ['Place', placeSchema, 'A village, site, base, hospital or landing zone.'],
  ['Preferences', preferencesPatchSchema, 'How an account wants its screens. Everything has a default.'],
  ['WallCall', wallCallSchema, 'What walls are asked for: to load anew, as they are or with another layout.'],
  ['MissionFile', missionSchema, 'The mission file (setting MISSION). Everything has a default.'],
];

/** Name of the component that is the body of a step: `StepEnRoute` of `en-route`. */
export function stepSchemaName(step: Step): string {
  return `Step${step
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')}`;
}

/** All named schemas of the description. */
export function componentSchemas(): Record<string, JsonSchema> {
  const bodies = bodySchemas.map(
    ([name, schema, description]) => [name, { description, ...fromZod(schema) }] as const,
  );
  const stepsOf = steps.map((step) => {
    const description = `Body of the step \`${step}\`.`;
    return [stepSchemaName(step), { description, ...fromZod(stepBodies[step]) }] as const;
  });
  return { ...Object.fromEntries([...bodies, ...stepsOf]), ...answerSchemas };
}

/** What the schema takes, before defaults. The patterns that go with formats only repeat them, at length. */
function fromZod(schema: z.ZodType): JsonSchema {
  const { $schema: _dialect, ...made } = z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override({ jsonSchema }) {
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    },
  });
  return made;
}
