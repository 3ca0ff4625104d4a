import type { AlertsDoor } from '../ingest/alerts.ts';
import type { PositionsDoor } from '../ingest/positions.ts';
import type { ThreatsDoor } from '../ingest/threats.ts';
import type { VillagesDoor } from '../ingest/villages.ts';
import { unreachable } from '../../shared/unreachable.ts';
import { actorOf } from './exercise-actors.ts';
import type { ScenarioAction, ScenarioFix } from './scenario-actions.ts';

export interface ExerciseDoors {
  readonly positions: PositionsDoor;
  readonly alerts: AlertsDoor;
  readonly threats: ThreatsDoor;
  readonly villages: VillagesDoor;
}

const fixesPerBatch = 2_000;

type Of<K extends ScenarioAction['kind']> = Extract<ScenarioAction, { kind: K }>;

export interface ExerciseDesk {
  /** Takes one action through its door; rejects with the door's failure. */
  play(action: ScenarioAction): Promise<void>;
  endThreat(id: string): Promise<void>;
  isOfThisRun(id: string): boolean;
}

/**
 * Turns seconds of the scenario into times and its keys into ids. Ids carry the start of the run, so that an
 * exercise that is started again on its record makes new alerts and not conflicts. Fixes not newer than what the
 * record already has of a unit (`newestMs`) are left out: they would lay a second track across the first.
 */
export function createExerciseDesk(
  doors: ExerciseDoors,
  startMs: number,
  newestMs: ReadonlyMap<string, number>,
): ExerciseDesk {
  const prefix = `EX-${Math.floor(startMs / 1_000).toString(36)}-`;
  const idOf = (key: string): string => prefix + key;
  const msAt = (atS: number): number => Math.round(startMs + atS * 1_000);
  const timeAt = (atS: number): string => new Date(msAt(atS)).toISOString();
  const analyst = actorOf('analyst');
  const isNew = ({ unit, atS }: ScenarioFix): boolean => msAt(atS) > (newestMs.get(unit) ?? -Infinity);
  const takeFixes = async (fixes: readonly ScenarioFix[]): Promise<void> => {
    const items = fixes.filter(isNew).map(({ atS, ...fix }) => ({ item: { ...fix, time: timeAt(atS) } }));
    for (let from = 0; from < items.length; from += fixesPerBatch) {
      await doors.positions.take(actorOf('feed'), items.slice(from, from + fixesPerBatch));
    }
  };
  const raise = async ({ key, by, sector, occurredS, alert }: Of<'alert'>): Promise<void> => {
    const body = { id: idOf(key), occurredAt: timeAt(occurredS), ...alert };
    await doors.alerts.raise(actorOf(by, sector), body);
  };
  const step = ({ key, by, step, body, intoKey, untilS }: Of<'step'>): Promise<void> => {
    const more = {
      ...(intoKey === undefined ? {} : { into: idOf(intoKey) }),
      ...(untilS === undefined ? {} : { until: timeAt(untilS) }),
    };
    return doors.alerts.step(actorOf(by), idOf(key), step, { ...body, ...more }, `${idOf(key)}-${step}`);
  };
  const raiseThreat = async ({ key, dueS, validToS, threat }: Of<'threat'>): Promise<void> => {
    const valid = { validFrom: timeAt(dueS), validTo: timeAt(validToS) };
    await doors.threats.raise(analyst, { id: idOf(key), ...threat, ...valid });
  };
  return {
    isOfThisRun: (id) => id.startsWith(prefix),
    endThreat: (id) => doors.threats.end(analyst, id),
    async play(action) {
      switch (action.kind) {
        case 'fixes':
          return takeFixes(action.fixes);
        case 'alert':
          return raise(action);
        case 'step':
          return step(action);
        case 'threat':
          return raiseThreat(action);
        case 'threat-change':
          return doors.threats.change(analyst, idOf(action.key), action.patch);
        case 'threat-end':
          return doors.threats.end(analyst, idOf(action.key));
        default:
          unreachable(action);
      }
    },
  };
}
