import type { AlertIn } from '../../shared/model/alert.ts';
import type { Step } from '../../shared/model/alert-steps.ts';
import type { ThreatIn } from '../../shared/model/threat.ts';
import type { ActorName } from './scenario-arcs.ts';

/** A fix of the scenario; `atS` is when it was taken, which for a late batch is long before it is due. */
export interface ScenarioFix {
  readonly unit: string;
  readonly atS: number;
  readonly lon: number;
  readonly lat: number;
  readonly speedMps: number;
  readonly courseDeg?: number;
  readonly altitudeM?: number;
  readonly batteryPct?: number;
}

/** Something that must go through a door at `dueS`. Times are seconds since the start; keys are the run's own. */
export type ScenarioAction =
  | { readonly kind: 'fixes'; readonly dueS: number; readonly fixes: readonly ScenarioFix[] }
  | {
      readonly kind: 'alert';
      readonly dueS: number;
      readonly key: string;
      readonly by: ActorName;
      readonly sector?: string;
      readonly occurredS: number;
      readonly alert: Omit<AlertIn, 'id' | 'occurredAt'>;
    }
  | {
      readonly kind: 'step';
      readonly dueS: number;
      readonly key: string;
      readonly by: ActorName;
      readonly step: Step;
      readonly body: Readonly<Record<string, unknown>>;
      /** The alert that this one is merged into, by its key. */
      readonly intoKey?: string;
      /** Until when it is monitored. */
      readonly untilS?: number;
    }
  | {
      readonly kind: 'threat';
      readonly dueS: number;
      readonly key: string;
      readonly validToS: number;
      readonly threat: Omit<ThreatIn, 'id' | 'validFrom' | 'validTo'>;
    }
  | {
      readonly kind: 'threat-change';
      readonly dueS: number;
      readonly key: string;
      readonly patch: Omit<ThreatIn, 'id' | 'validFrom' | 'validTo' | 'kind'>;
    }
  | { readonly kind: 'threat-end'; readonly dueS: number; readonly key: string };
