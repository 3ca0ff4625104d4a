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
import { crisisDecisionSchema, crisisSwitchSchema } from '../../shared/model/crisis.ts';
import { handoverInSchema } from '../../shared/model/handover.ts';
import { rumourAnswerSchema, rumourInSchema } from '../../shared/model/rumour.ts';
import { reportEditsSchema } from '../../shared/model/report.ts';
import {
  careNoteInSchema,
  focalPointInSchema,
  focalPointPatchSchema,
  signalInSchema,
  whySchema,
} from '../../shared/model/source.ts';
import { contactInSchema } from '../../shared/model/village.ts';
import { logNoteInSchema } from '../../shared/model/watch-log.ts';
import { answerSchemas } from './openapi-answers.ts';
import { villageSchemas } from './openapi-villages.ts';
import { watchAnswerSchemas } from './openapi-watch-answers.ts';
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
  ['ReportEdits', reportEditsSchema, 'Texts by the id of their section.'],
  ['HandoverIn', handoverInSchema, 'What the outgoing shift adds to the brief.'],
  ['RumourIn', rumourInSchema, 'A rumour as it is noted; `id` makes a retry change nothing.'],
  ['RumourAnswer', rumourAnswerSchema, 'What has been verified of a rumour.'],
  ['CrisisSwitch', crisisSwitchSchema, 'The one switch of crisis mode.'],
  ['CrisisDecision', crisisDecisionSchema, 'A decision for the register; `id` makes a retry change nothing.'],
  ['LogNoteIn', logNoteInSchema, 'A line for the watch log; `id` makes a retry change nothing.'],
  ['FocalPointIn', focalPointInSchema, 'A focal point as it is registered; the number is sealed.'],
  ['FocalPointPatch', focalPointPatchSchema, 'Changes of a focal point.'],
  ['CareNoteIn', careNoteInSchema, 'A note of the care for a focal point.'],
  ['ContactIn', contactInSchema, 'A contact with a village; `id` makes a retry change nothing.'],
  ['SignalIn', signalInSchema, 'A signal; lon and lat, or placeId. `id` makes a retry change nothing.'],
  ['Why', whySchema, 'Why something is done that must have a reason.'],
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
  return {
    ...Object.fromEntries([...bodies, ...stepsOf]),
    ...answerSchemas,
    ...watchAnswerSchemas,
    ...villageSchemas,
  };
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
