import { dtg } from '../../shared/messages/format.ts';
import { reportText, wordText, isReportKey } from '../../shared/messages/report-text.ts';
import type { ReportLanguage } from '../../shared/model/report.ts';
import type { Alert, AlertEvent, Picture } from '../picture/picture.ts';

export interface EventWords {
  readonly lang: ReportLanguage;
  readonly picture: Picture;
  /** What free words of people become before they are shown. */
  readonly clean: (text: string) => string;
}

/** One event of an alert in a sentence, `ALT-N-261122-03: tasked to QRF 2`. The original report is not in it. */
export function alertEventText(alert: Alert, event: AlertEvent, words: EventWords): string {
  const { lang, clean } = words;
  const { number } = alert;
  if (event.what === 'changed') return reportText(lang, 'log.changed', { number });
  if (event.what === 'text-erased') return reportText(lang, 'log.textErased', { number });
  if (event.what === 'received') {
    const { category, channel } = alert.report;
    return reportText(lang, 'log.received', {
      number,
      category: wordText(lang, 'category', category),
      channel: wordText(lang, 'channel', channel),
      priority: alert.priority,
      place: clean(alert.report.placeName ?? reportText(lang, 'line.placeUnknown')),
    });
  }
  const key = `log.step.${event.what}`;
  return reportText(lang, isReportKey(key) ? key : 'log.step.other', {
    number,
    what: event.what,
    ...stepParams(event, words),
  });
}

/** What the steps say, by the names that the texts use. */
function stepParams(event: AlertEvent, { lang, picture, clean }: EventWords) {
  const { what, detail = {} } = event;
  const said = (name: string): string => (typeof detail[name] === 'string' ? detail[name] : '');
  const unit = (id: string): string => picture.units.get(id)?.callsign ?? id;
  const many = Array.isArray(detail['units']) ? detail['units'].map(String) : [said('unit')];
  return {
    units: many.map(unit).join(', '),
    priority: said('priority'),
    reason: reasonOf(what, said, lang) ?? clean(said('reason')),
    verification: wordText(lang, 'verification', said('status')),
    time: timeOf(event, said('until')),
    to: wordText(lang, 'referral', said('to')),
    outcome: wordText(lang, 'outcome', said('outcome')),
    harm: wordText(lang, 'harm', said('harm')),
  };
}

/** A reason out of a closed list; undefined where it is free words. */
function reasonOf(
  what: AlertEvent['what'],
  said: (name: string) => string,
  lang: ReportLanguage,
): string | undefined {
  if (what === 'no-response') return wordText(lang, 'noResponse', said('reason'));
  if (what === 'refuse') return wordText(lang, 'refusal', said('reason'));
  return what === 'off-way' ? wordText(lang, 'offWay', said('why')) : undefined;
}

/** Until when it is monitored, or when a unit is likely to arrive. */
function timeOf({ atMs, detail }: AlertEvent, until: string): string {
  if (until !== '') return dtg(Date.parse(until));
  const etaS: unknown = detail?.['etaS'];
  const likelyS: unknown = typeof etaS === 'object' && etaS !== null && 'likely' in etaS ? etaS.likely : '';
  return typeof likelyS === 'number' ? dtg(atMs + likelyS * 1_000) : '';
}
