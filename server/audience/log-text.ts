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
function stepParams({ what, detail = {} }: AlertEvent, { lang, picture, clean }: EventWords) {
  const said = (name: string): string => (typeof detail[name] === 'string' ? detail[name] : '');
  const unit = (id: string): string => picture.units.get(id)?.callsign ?? id;
  const many = Array.isArray(detail['units']) ? detail['units'].map(String) : [said('unit')];
  const listOfReason = what === 'no-response' ? 'noResponse' : what === 'refuse' ? 'refusal' : undefined;
  return {
    units: many.map(unit).join(', '),
    priority: said('priority'),
    reason: listOfReason ? wordText(lang, listOfReason, said('reason')) : clean(said('reason')),
    verification: wordText(lang, 'verification', said('status')),
    time: said('until') === '' ? '' : dtg(Date.parse(said('until'))),
    to: wordText(lang, 'referral', said('to')),
    outcome: wordText(lang, 'outcome', said('outcome')),
    harm: wordText(lang, 'harm', said('harm')),
  };
}
