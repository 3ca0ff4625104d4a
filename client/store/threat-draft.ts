import type { ThreatIn, ThreatOut } from '../../shared/model/threat.ts';
import type { Drawn } from './drawing.svelte.ts';

/** The kinds that are offered; any other may be typed. Kept in these words, shown in those of each screen. */
export const usualThreats = [
  'armed group',
  'attack threatened',
  'illegal checkpoint',
  'communal tension',
  'reprisal window',
  'cattle-raid route',
  'explosive hazard',
  'road blocked',
  'flood',
] as const;

/** How long a threat may be said to hold, hours; 0 for until somebody ends it. */
export const threatHours = [6, 24, 72, 168, 0] as const;

/** What the form for a new threat holds. Grades and scales are texts, as fields give them. */
export interface ThreatDraft {
  kind: string;
  likelihood: string;
  impact: string;
  sourceGrade: 'A' | 'B' | 'C' | 'D' | 'E' | 'F';
  infoGrade: number;
  hours: string;
  text: string;
}

export function emptyThreat(): ThreatDraft {
  return {
    kind: '',
    likelihood: '3',
    impact: '3',
    sourceGrade: 'F',
    infoGrade: 6,
    hours: '24',
    text: '',
  };
}

export function missingOfThreat(
  draft: ThreatDraft,
  drawn: Drawn | undefined,
): ReadonlyArray<'kind' | 'geometry'> {
  return [
    ...(draft.kind.trim() === '' ? (['kind'] as const) : []),
    ...(drawn ? [] : (['geometry'] as const)),
  ];
}

/** The body to send, or undefined while something is missing; valid from `nowMs`. */
export function draftToThreat(
  draft: ThreatDraft,
  drawn: Drawn | undefined,
  id: string,
  nowMs: number,
): ThreatIn | undefined {
  if (!drawn || missingOfThreat(draft, drawn).length > 0) return undefined;
  const text = draft.text.trim();
  const hours = Number(draft.hours);
  return {
    id,
    kind: draft.kind.trim(),
    ...drawn,
    likelihood: Number(draft.likelihood),
    impact: Number(draft.impact),
    sourceGrade: draft.sourceGrade,
    infoGrade: draft.infoGrade,
    validFrom: new Date(nowMs).toISOString(),
    ...(hours > 0 ? { validTo: new Date(nowMs + hours * 3_600_000).toISOString() } : {}),
    ...(text === '' ? {} : { text }),
  };
}

/** Id under which a threat that is being drawn stands on the map; the record never gives it. */
export const drawnThreatId = ' drawn';

/** What is being drawn, as it will look when it is raised. */
export function drawnThreat(
  { geometry, radiusM }: Drawn,
  name: string,
  level: number,
  nowMs: number,
): ThreatOut {
  const now = new Date(nowMs).toISOString();
  return {
    id: drawnThreatId,
    kind: name,
    geometry,
    ...(radiusM === undefined ? {} : { radiusM }),
    level,
    raisedAt: now,
    changedAt: now,
  };
}
