import type { Counted, ImpactGroup, ImpactOut, Share } from '../../shared/model/impact.ts';
import { csvText } from './csv.ts';

type Row = readonly [
  measure: string,
  by: string,
  key: string,
  value: number | null,
  unit: string,
  of: number | null,
];

/**
 * The impact figures as CSV, one figure a row, and the definitions last: `measure,by,key,value,unit,of`. `of` is how
 * many the figure rests on; a value that is not given is empty.
 */
export function impactCsv(impact: ImpactOut): string {
  const rows: Row[] = [
    ...groupRows('all', { key: '', ...impact.all }),
    ...impact.bySector.flatMap((group) => groupRows('sector', group)),
    ...impact.byHour.flatMap((group) => groupRows('hour', group)),
    ...impact.byMonth.flatMap((group) => groupRows('month', group)),
    shareRow('arrived before harm', '', impact.beforeHarm),
    shareRow('decided in time', 'P1', impact.decidedInTime.P1),
    shareRow('decided in time', 'P2', impact.decidedInTime.P2),
    shareRow('flash report in time', '', impact.flashInTime),
    shareRow('caller told in time', '', impact.toldInTime),
    ['arrival off its time median', 'all', '', impact.arrivals.medianS, 's', impact.arrivals.count],
    ['arrival off its time 90th percentile', 'all', '', impact.arrivals.p90S, 's', impact.arrivals.count],
    shareRow('arrival within its band', '', impact.arrivals.withinBand),
    ...impact.byChannel.flatMap(({ name, received, ...ended }): Row[] => [
      ['received', 'channel', name, received, 'alerts', null],
      ['found false', 'channel', name, ended.false, 'alerts', received],
      ['merged', 'channel', name, ended.merged, 'alerts', received],
    ]),
    ...countRows('no response', impact.noResponse),
    ...countRows('refusal', impact.refusals),
    ...countRows('outcome', impact.outcomes),
    ...countRows('harm', impact.harms),
    ...(impact.restricted ?? []).map(({ month, count }): Row => [
      'restricted incidents',
      'month',
      month,
      count,
      'alerts',
      null,
    ]),
  ];
  const lines = rows.map(([measure, by, key, value, unit, of]) =>
    [csvText(measure), by, csvText(key), value ?? '', unit, of ?? ''].join(','),
  );
  const definitions = Object.entries(impact.definitions).map(([name, text]) =>
    ['definition', 'text', csvText(name), '', csvText(text), ''].join(','),
  );
  return ['measure,by,key,value,unit,of', ...lines, ...definitions, ''].join('\r\n');
}

function shareRow(measure: string, key: string, { rate, of }: Share): Row {
  return [measure, 'all', key, rate, 'share', of];
}

function groupRows(by: string, { key, received, actionable, responded, rate, segments }: ImpactGroup): Row[] {
  const clocks = Object.entries(segments).flatMap(([name, { count, medianS, p90S }]): Row[] => [
    [`${name} median`, by, key, medianS, 's', count],
    [`${name} 90th percentile`, by, key, p90S, 's', count],
  ]);
  return [
    ['received', by, key, received, 'alerts', null],
    ['actionable', by, key, actionable, 'alerts', received],
    ['responded', by, key, responded, 'alerts', actionable],
    ['response rate', by, key, rate, 'share', actionable],
    ...clocks,
  ];
}

function countRows(measure: string, counts: readonly Counted[]): Row[] {
  return counts.map(({ name, count }) => [measure, 'reason', name, count, 'alerts', null]);
}
