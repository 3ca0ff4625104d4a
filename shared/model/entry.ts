import type { Role } from '../role.ts';
import type { AlertIn, AlertPatch } from './alert.ts';
import type { Step, StepBody } from './alert-steps.ts';
import type { Place } from './place.ts';
import type { Fix } from './position.ts';
import type { ThreatIn, ThreatPatch } from './threat.ts';
import type { UnitIn } from './unit.ts';

/** Version of the entries written now. Readers pass over, count and keep entries of versions they do not know. */
export const entryVersion = 1;

/** Whose doing an entry is. No source of an alert is ever an author: authors are accounts. */
export interface Author {
  readonly id: string;
  readonly role: Role;
  readonly name: string;
}

/** What the classes of a restricted record are kept as; `other` where only the mission file restricts a category. */
export type RestrictedClass = 'crsv' | 'child' | 'other';

/** Facts about an alert that the front door derives, so that every fold of the entry says the same. */
export interface AlertFacts {
  readonly sector?: string;
  readonly restricted?: RestrictedClass;
}

export type EventBody =
  | { readonly kind: 'unit.registered'; readonly unitId: string; readonly unit: UnitIn }
  | { readonly kind: 'unit.removed'; readonly unitId: string }
  | {
      readonly kind: 'alert.received';
      readonly alertId: string;
      readonly alert: Omit<AlertIn, 'id' | 'restricted'>;
      readonly facts: AlertFacts;
    }
  | {
      readonly kind: 'alert.changed';
      readonly alertId: string;
      readonly patch: Omit<AlertPatch, 'restricted'>;
      readonly facts: AlertFacts;
      readonly changeId?: string;
    }
  | AlertStepBody
  | { readonly kind: 'threat.raised'; readonly threatId: string; readonly threat: Omit<ThreatIn, 'id'> }
  | { readonly kind: 'threat.changed'; readonly threatId: string; readonly patch: ThreatPatch; readonly changeId?: string }
  | { readonly kind: 'threat.ended'; readonly threatId: string }
  | { readonly kind: 'places.imported'; readonly places: readonly Place[] };

/** One step of an alert. `changeId` is the client's id of this step: the same one twice changes nothing. */
export interface AlertStepBody<S extends Step = Step> {
  readonly kind: 'alert.step';
  readonly alertId: string;
  readonly step: S;
  readonly body: StepBody<S>;
  readonly facts: AlertFacts;
  readonly changeId?: string;
}

/** One entry of the event stream: small, precious, kept for ever. JSON in UTF-8. */
export interface EventEntry {
  readonly v: number;
  /** Which submit of which server boot this is, so that the submitter finds its verdict. */
  readonly ref: string;
  readonly author: Author;
  readonly body: EventBody;
}

/** One entry of the position stream: the fixes of one batch. Packed, see fix-batch.ts. */
export interface FixBatch {
  readonly ref: string;
  readonly author: Author;
  /** Whether units unknown at this entry come into being, flagged unregistered. */
  readonly mayRegister: boolean;
  readonly fixes: readonly Fix[];
}
