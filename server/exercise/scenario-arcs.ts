import type { Step } from '../../shared/model/alert-steps.ts';
import type { AlertText } from './scenario-texts.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Who acts in the exercise; the accounts are made in exercise-actors.ts. */
export type ActorName = 'feed' | 'liaison' | 'watch' | 'chief' | 'analyst';

/** One scripted step: so many seconds after the one before, by somebody. */
export interface ArcStep {
  readonly afterS: readonly [least: number, most: number];
  readonly by: ActorName;
  readonly step: Step;
  /** `untilS` is a time of the scenario, `units` the number of responders that the script picks. */
  readonly body: Readonly<Record<string, unknown>> | 'triage' | 'task' | 'monitor' | 'merge';
}

const acknowledge: ArcStep = { afterS: [5, 22], by: 'watch', step: 'acknowledge', body: {} };
const triage: ArcStep = { afterS: [7, 22], by: 'watch', step: 'triage', body: 'triage' };
const corroborate: ArcStep = {
  afterS: [15, 60],
  by: 'watch',
  step: 'verify',
  body: { status: 'corroborated' },
};

function refer(to: string): ArcStep[] {
  return [
    acknowledge,
    triage,
    { afterS: [10, 30], by: 'watch', step: 'refer', body: { to } },
    corroborate,
    { afterS: [150, 320], by: 'watch', step: 'close', body: { outcome: 'handed-over', harm: 'unknown' } },
  ];
}

/**
 * What becomes of an alert when no human of the exercise acts first. `left` is for the humans: nobody touches it.
 * A worked one goes on by what its units report (exercise-responders.ts).
 */
export const arcs = {
  left: [],
  worked: [acknowledge, triage, { afterS: [8, 25], by: 'watch', step: 'task', body: 'task' }, corroborate],
  /** As `worked`, within seconds: there is a unit on its way before a newcomer has looked around. */
  brisk: [
    { ...acknowledge, afterS: [3, 5] },
    { ...triage, afterS: [2, 4] },
    { afterS: [2, 4], by: 'watch', step: 'task', body: 'task' },
    corroborate,
  ],
  police: refer('police'),
  humanitarian: refer('humanitarian'),
  adviser: refer('adviser').slice(0, 3),
  monitored: [
    acknowledge,
    triage,
    { afterS: [10, 30], by: 'watch', step: 'monitor', body: 'monitor' },
    { afterS: [260, 480], by: 'watch', step: 'close', body: { outcome: 'nothing-found', harm: 'unknown' } },
  ],
  rumour: [
    acknowledge,
    { afterS: [40, 90], by: 'watch', step: 'verify', body: { status: 'refuted' } },
    {
      afterS: [20, 60],
      by: 'chief',
      step: 'false',
      body: { reason: 'rumour; two calls back found the village calm' },
    },
  ],
  merged: [acknowledge, { afterS: [10, 30], by: 'watch', step: 'merge', body: 'merge' }],
} as const satisfies Record<string, readonly ArcStep[]>;
export type ArcName = keyof typeof arcs;

/** How likely each fate is, of alerts after the opening. */
export function drawArc(text: AlertText, random: SeededRandom): ArcName {
  const luck = random.next();
  if (text.priority === 'P1' || text.priority === 'P2') {
    if (luck < 0.4) return 'left';
    return luck < 0.9 ? 'worked' : 'rumour';
  }
  if (text.category === 'displacement' || text.category === 'natural-hazard')
    return luck < 0.7 ? 'humanitarian' : 'left';
  if (luck < 0.25) return 'left';
  if (luck < 0.5) return 'worked';
  return luck < 0.7 ? 'police' : 'monitored';
}
