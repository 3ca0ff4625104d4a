import type { Author } from '../../shared/model/entry.ts';
import type { HandoverBrief } from '../../shared/model/handover.ts';
import type { ReportContent, ReportSubject } from '../../shared/model/report.ts';
import type { RumourStatus } from '../../shared/model/rumour-lists.ts';
import type { LogLink } from '../../shared/model/watch-log.ts';

/**
 * What the watch itself does: its notes, reports, handovers, rumours and crises. Everything in it is replaced or
 * added to, never written over. What alerts went through is in their own histories.
 */
export interface Watch {
  readonly notes: Map<string, LogNote>;
  /** What happened to things that keep no history of their own, by the seq of its entry. */
  readonly happenings: Map<string, Happening>;
  readonly reports: Map<string, Report>;
  readonly handovers: Map<string, Handover>;
  readonly rumours: Map<string, Rumour>;
  /** By id, oldest first; at most the last one has no end. */
  readonly crises: Map<string, Crisis>;
}

interface Deed {
  readonly atMs: number;
  readonly by: Author;
}

export interface LogNote extends Deed {
  readonly id: string;
  readonly text: string;
  readonly links: readonly LogLink[];
  readonly corrects?: string;
}

export interface Happening extends Deed {
  /** The kind of its entry. */
  readonly what: string;
  readonly links: readonly LogLink[];
  /** Call signs and counts, never anybody's words. */
  readonly named?: string;
  readonly sector?: string;
}

export interface SignedReport extends Deed {
  readonly version: number;
  readonly content: ReportContent;
  /** Texts of the content as the record has them. */
  readonly sealed?: string;
}

export interface Report {
  readonly id: string;
  readonly subject: ReportSubject;
  /** Texts that a person wrote, by section. */
  readonly edits: Readonly<Record<string, string>>;
  /** The edits as the record has them. */
  readonly sealedEdits?: string;
  /** Whether something was saved after the last signature. */
  readonly isOpen: boolean;
  readonly signed: readonly SignedReport[];
  readonly history: ReadonlyArray<Deed & { readonly what: 'report.saved' | 'report.signed' }>;
  readonly changeIds: readonly string[];
}

export interface Handover {
  readonly id: string;
  readonly notes: string;
  readonly brief: HandoverBrief;
  readonly outgoing: Deed;
  readonly incoming?: Deed;
}

export interface RumourAnswer extends Deed {
  readonly answer: string;
  readonly status: RumourStatus;
}

export interface Rumour {
  readonly id: string;
  readonly claim: string;
  readonly spread: string;
  readonly alertId?: string;
  readonly raised: Deed;
  readonly answers: readonly RumourAnswer[];
  readonly changeIds: readonly string[];
}

export interface Decision extends Deed {
  readonly id: string;
  readonly what: string;
  readonly who: string;
  readonly when?: string;
  readonly onWhat: string;
}

export interface Crisis {
  readonly id: string;
  readonly name: string;
  readonly reason: string;
  readonly started: Deed;
  readonly ended?: Deed & { readonly reason: string };
  readonly decisions: readonly Decision[];
}

export function newWatch(): Watch {
  return {
    notes: new Map(),
    happenings: new Map(),
    reports: new Map(),
    handovers: new Map(),
    rumours: new Map(),
    crises: new Map(),
  };
}

/** The crisis that is on. */
export function crisisNow({ crises }: Watch): Crisis | undefined {
  if (crises.size === 0) return undefined; // asked for every unit that an analyst sees
  const last = [...crises.values()].at(-1);
  return last?.ended ? undefined : last;
}

/** How a rumour stands: by its last answer. */
export function rumourStatus({ answers }: Rumour): RumourStatus {
  return answers.at(-1)?.status ?? 'open';
}

const parts = ['notes', 'happenings', 'reports', 'handovers', 'rumours', 'crises'] as const;
export type WatchPart = (typeof parts)[number];

/** Everything of the watch as it is now, for a snapshot: references to things that are never written over. */
export function* watchThings(
  watch: Watch,
): Generator<readonly [part: WatchPart, id: string, thing: unknown]> {
  for (const part of parts) for (const [id, thing] of watch[part]) yield [part, id, thing];
}

/** Puts back what `watchThings` gave. */
export function putWatchThing(watch: Watch, part: string, id: string, thing: unknown): void {
  const known = parts.find((one) => one === part);
  if (!known) throw new RangeError('a snapshot holds an unknown part of the watch');
  watch[known].set(id, thing as never); // written by watchThings of the same version
}
