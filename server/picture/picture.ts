import type {
  EscalationLevel,
  Priority,
  SegmentName,
  TaskState,
  Verification,
} from '../../shared/model/alert-lists.ts';
import type { AlertHappening, AlertReport } from '../../shared/model/alert.ts';
import type { AlertState } from '../../shared/model/alert-steps.ts';
import type { FeedbackTemplate } from '../../shared/model/feedback-lists.ts';
import type { FeedbackState, SmsGatewayKind } from '../../shared/model/source.ts';
import type { Author, RestrictedClass } from '../../shared/model/entry.ts';
import type { Place } from '../../shared/model/place.ts';
import type { ThreatIn } from '../../shared/model/threat.ts';
import type { OffWayReason } from '../../shared/model/way-lists.ts';
import type { WallCall } from '../../shared/model/wall-call.ts';
import type { SegmentRun } from '../../shared/rules/response-clock.ts';
import type { Step } from '../../shared/model/alert-steps.ts';
import type { FixCounts } from './fix-counts.ts';
import type { NearAlerts } from './near-alerts.ts';
import type { LiveFixes } from './live-fix.ts';
import type { Tracks } from './tracks.ts';
import type { UnitIndex } from './unit-index.ts';
import type { Village } from './village.ts';
import type { Watch } from './watch.ts';

/**
 * The picture: what is true now, folded from the record and from nothing else. It knows every thing in full; what
 * an audience may see of it is made in server/audience. Nothing here depends on the present time.
 * Nothing writes it but the fold.
 */
export interface Picture {
  /** The last entry folded. */
  seq: number;
  readonly units: Map<string, Unit>;
  /** Every unit in its slot; a slot whose unit was removed stays empty. */
  readonly roster: Array<Unit | undefined>;
  /** Slots by the bytes of ids; a removed unit keeps its old one there. */
  readonly unitIndex: UnitIndex;
  readonly liveFixes: LiveFixes;
  readonly alerts: Map<string, Alert>;
  /** Where and when open alerts are; follows from them. */
  readonly nearAlerts: NearAlerts;
  readonly threats: Map<string, Threat>;
  readonly places: Map<string, PlaceRecord>;
  /** What the registry knows of villages; those of which it knows nothing are among the places only. */
  readonly villages: Map<string, Village>;
  /** The last entry that changed any of them. */
  villagesSeq: number;
  readonly tracks: Tracks;
  readonly fixCounts: FixCounts;
  heartbeat: Heartbeat | undefined;
  /** Serial numbers given to alerts, by sector and UTC day. */
  readonly alertSerials: Map<string, number>;
  /** Entries that could not be read or are of an unknown version: kept in the record, passed over here. */
  passedOver: number;
  /** What the watch itself does: notes, reports, handovers, rumours, crises. */
  readonly watch: Watch;
  /** Registered, opened and withdrawn sources, by the seq of the entry. */
  readonly sourceDeeds: Map<string, SourceDeed>;
  /** Set while a snapshot is being written. */
  freeze: UnitKeeper | undefined;
}

/** Who wants to know a unit as it is, before the fold writes it or its track over or takes it out. */
export interface UnitKeeper {
  keep(slot: number): void;
}

export interface Heartbeat {
  readonly timeMs: number;
  readonly receivedAtMs: number;
  readonly seq: number;
}

/**
 * Where a unit was last. One object for the unit's life, written over by the fold whenever a newer fix comes: read
 * it, and keep no reference to it. What the device did not say is undefined.
 */
export interface LiveFix {
  readonly unit: string;
  readonly device: string;
  readonly timeMs: number;
  readonly lon: number;
  readonly lat: number;
  readonly courseDeg: number | undefined;
  readonly speedMps: number | undefined;
  readonly altitudeM: number | undefined;
  readonly accuracyM: number | undefined;
  readonly batteryPct: number | undefined;
  readonly receivedAtMs: number;
  /** Token that reported it. */
  readonly by: string;
}

/** A unit. `live`, `reporters` and `changedSeq` follow its fixes in place; another description is another object. */
export interface Unit {
  readonly id: string;
  /** Its place in the roster, a small whole number that no other unit of this picture ever has. */
  readonly slot: number;
  readonly callsign: string;
  readonly kind: string;
  readonly sector: string | undefined;
  /** Undefined: the mission's own defaults hold. */
  readonly reportEveryS: number | undefined;
  readonly staleAfterS: number | undefined;
  readonly capabilities: readonly string[];
  readonly registered: boolean;
  readonly live: LiveFix | undefined;
  /** Tokens that have reported this unit: a feed sees what it reports. */
  readonly reporters: readonly string[];
  readonly changedSeq: number;
}

export interface Task {
  readonly unit: string;
  readonly state: TaskState;
  readonly offeredAtMs: number;
  readonly changedAtMs: number;
  readonly order?: string;
  readonly reason?: string;
  /** When it was last expected: seconds from `atMs`. */
  readonly expected?: {
    readonly atMs: number;
    readonly etaS: { readonly best: number; readonly likely: number; readonly worst: number };
    readonly distanceM: number;
    readonly via: 'road' | 'foot' | 'air';
  };
  /** It seems not to come, or not to stay: since the fix of `sinceMs`, found at `atMs`. */
  readonly offWay?: { readonly why: OffWayReason; readonly sinceMs: number; readonly atMs: number };
  /** Since when its fixes lie at the place, before a person has said so. */
  readonly seemsThereAtMs?: number;
}

/** One call to one level because a segment ran over; `answered` by the first of that level to say so. */
export interface EscalationCall {
  readonly id: string;
  readonly segment: SegmentName;
  readonly level: EscalationLevel;
  readonly startedAtMs: number;
  readonly atMs: number;
  readonly answered?: { readonly by: Author; readonly atMs: number };
}

/** A unit told to be ready; it stands until it is tasked, stood down without blame, or the alert is closed. */
export interface Prewarning {
  readonly unit: string;
  readonly atMs: number;
  readonly by: Author;
}

export interface Feedback {
  readonly id: string;
  readonly template: FeedbackTemplate;
  readonly language: string;
  readonly state: FeedbackState;
  readonly atMs: number;
  readonly by: Author;
  readonly reason?: string;
}

/** What was done with a source, for those who watch over it. */
export interface SourceDeed {
  readonly id: string;
  readonly what: 'source.registered' | 'source.withdrawn' | 'source.opened' | 'alert.text-erased';
  /** Absent where the caller of an alert was unknown. */
  readonly pseudonym?: string;
  readonly alertId?: string;
  readonly sector?: string;
  readonly reason?: string;
  readonly atMs: number;
  readonly by: Author;
}

export interface AlertEvent {
  readonly what: AlertHappening | Step;
  readonly atMs: number;
  readonly by: Author;
  readonly detail?: Readonly<Record<string, unknown>>;
}

export interface Alert {
  readonly id: string;
  readonly number: string;
  /** As reported and corrected. `priority` here is what the reporter gave; the one in force is beside it. */
  readonly report: Omit<AlertReport, 'priority'>;
  readonly priority: Priority;
  readonly restricted?: RestrictedClass;
  readonly sector?: string;
  readonly state: AlertState;
  readonly verification: Verification;
  readonly receivedAtMs: number;
  readonly changedAtMs: number;
  readonly raisedBy: string;
  readonly owner?: string;
  readonly tasks: readonly Task[];
  readonly segments: readonly SegmentRun[];
  readonly history: readonly AlertEvent[];
  readonly escalations: readonly EscalationCall[];
  readonly outcome?: string;
  readonly harm?: string;
  readonly reason?: string;
  readonly mergedInto?: string;
  /** Units that were told to be ready before anybody was sent; absent where none was. */
  readonly prewarned?: readonly Prewarning[];
  /** Alerts that were merged into this one. */
  readonly mergedFrom?: readonly string[];
  /** Open alerts of about the same place and time, the nearest in time first. */
  readonly possibleDuplicates?: readonly string[];
  readonly referredTo?: string;
  readonly monitorUntil?: string;
  /** The rumour that this alert was marked as. */
  readonly rumourId?: string;
  /** When its last flash report was signed. */
  readonly flashSentAtMs?: number;
  /** Pseudonym of the caller. */
  readonly source?: string;
  /** Its text and what was read of it are gone for ever. */
  readonly textErasedAtMs?: number;
  /** The caller may be told what became of it. */
  readonly callerSafe?: boolean;
  readonly gateway?: SmsGatewayKind;
  /** What the caller was told; absent where nothing was. */
  readonly feedback?: readonly Feedback[];
  /** The clients' ids of changes already made, so that a retry changes nothing. */
  readonly changeIds: readonly string[];
  readonly changedSeq: number;
}

export interface Threat {
  readonly id: string;
  readonly threat: Omit<ThreatIn, 'id'>;
  readonly raisedBy: string;
  readonly raisedAtMs: number;
  readonly changedAtMs: number;
  readonly endedAtMs?: number;
  readonly changedSeq: number;
}

export interface PlaceRecord {
  readonly place: Place;
  readonly changedSeq: number;
}

/** Where and when an entry stands in the record, for the folds of its parts. */
export interface EntryPlace {
  readonly seq: number;
  readonly atMs: number;
}

/** One thing that an entry changed. A unit that only moved is not among these (`MovedUnits`). */
export interface Change {
  readonly kind: 'units' | 'alerts' | 'threats' | 'places' | 'heartbeat';
  readonly id: string;
}

export interface BatchVerdict {
  readonly kind: 'fixes';
  readonly accepted: number;
  readonly duplicates: number;
  readonly late: number;
  /** Indices into the entry's fixes. */
  readonly conflicts: readonly number[];
  readonly unknownUnits: readonly number[];
}

/** What the fold decided about one entry: the answer that its submitter gets. */
export type Verdict =
  | BatchVerdict
  | { readonly kind: 'done'; readonly id: string }
  | { readonly kind: 'nothing-new'; readonly id: string }
  | {
      readonly kind: 'refused';
      readonly code: 'conflict' | 'not-found' | 'step-not-allowed' | 'role-not-allowed' | 'unit-unknown';
      readonly message: string;
      readonly field?: string;
      readonly details?: Readonly<Record<string, unknown>>;
    };

export interface Folded {
  readonly verdict: Verdict;
  readonly changes: readonly Change[];
  /** What walls are asked for: told once, kept nowhere. */
  readonly wallCall?: WallCall;
}
