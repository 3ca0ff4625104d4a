/** Median and 90th percentile (nearest rank) of so many ended runs of a segment, seconds; null where there is none. */
export interface SegmentFigures {
  readonly count: number;
  readonly medianS: number | null;
  readonly p90S: number | null;
}

export interface ResponseFigures {
  readonly received: number;
  /** Alerts that could be acted on. */
  readonly actionable: number;
  readonly responded: number;
  /** responded / actionable, 0 to 1; null where nothing could be acted on. */
  readonly rate: number | null;
}

export interface ImpactGroup extends ResponseFigures {
  /** A sector's id (`` for none), an hour `00` to `23`, or a month `2026-11`. */
  readonly key: string;
  /** By the name of the segment. */
  readonly segments: Readonly<Record<string, SegmentFigures>>;
}

export interface Counted {
  readonly name: string;
  readonly count: number;
}

/** So many of so many; the rate is null of none, and where there are too few to tell. */
export interface Share {
  readonly count: number;
  readonly of: number;
  readonly rate: number | null;
}

/** What became of the alerts that came one way, never told by person. */
export interface ChannelFigures {
  /** A channel of the closed list. */
  readonly name: string;
  readonly received: number;
  readonly false: number;
  readonly merged: number;
}

/** How far arrivals lay from when they were first expected. */
export interface ArrivalFigures {
  readonly count: number;
  /** Without its sign, seconds. */
  readonly medianS: number | null;
  readonly p90S: number | null;
  /** Between the best and the worst that was expected. */
  readonly withinBand: Share;
}

/** Answer of `GET /api/impact`. Restricted incidents are in `restricted` and nowhere else. */
export interface ImpactOut {
  readonly from: string;
  readonly to: string;
  readonly sector?: string;
  /** Letter of the time zone in which hours and months are told. */
  readonly zone: string;
  /** What every figure means, in words, by its name. */
  readonly definitions: Readonly<Record<string, string>>;
  readonly all: Omit<ImpactGroup, 'key'>;
  readonly bySector: readonly ImpactGroup[];
  readonly byHour: readonly ImpactGroup[];
  readonly byMonth: readonly ImpactGroup[];
  readonly beforeHarm: Share;
  /** Alerts about which somebody had decided when acknowledging, triage and decision should all have been over. */
  readonly decidedInTime: Readonly<Record<'P1' | 'P2', Share>>;
  readonly flashInTime: Share;
  /** Callers who may be told; nothing below five. */
  readonly toldInTime: Share;
  readonly arrivals: ArrivalFigures;
  readonly byChannel: readonly ChannelFigures[];
  readonly noResponse: readonly Counted[];
  readonly refusals: readonly Counted[];
  readonly outcomes: readonly Counted[];
  readonly harms: readonly Counted[];
  /** Restricted incidents by complete calendar months (UTC); null below five. Absent for one sector. */
  readonly restricted?: ReadonlyArray<{ readonly month: string; readonly count: number | null }>;
}
