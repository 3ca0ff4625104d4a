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
  readonly beforeHarm: { readonly count: number; readonly of: number; readonly rate: number | null };
  readonly noResponse: readonly Counted[];
  readonly refusals: readonly Counted[];
  readonly outcomes: readonly Counted[];
  readonly harms: readonly Counted[];
  /** Restricted incidents by complete calendar months (UTC); null below five. Absent for one sector. */
  readonly restricted?: ReadonlyArray<{ readonly month: string; readonly count: number | null }>;
}
