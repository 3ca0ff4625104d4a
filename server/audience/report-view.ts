import type { RecordRef, ReportContent, ReportSection, ReportSubject } from '../../shared/model/report.ts';
import { reportText } from '../../shared/messages/report-text.ts';
import { roleMay, type Principal } from '../../shared/role.ts';
import { mayReport } from './reportable.ts';
import { mayQuote } from '../picture/words.ts';
import type { ViewContext } from './view-context.ts';

/**
 * Whether someone may read reports about this subject: an alert that it sees in full and that is not restricted; the
 * mission's day, or, for a sector, the day of its own sector.
 */
export function reportSubjectVisible(
  { kind, alertId, sector }: ReportSubject,
  principal: Principal,
  context: ViewContext,
): boolean {
  if (!roleMay(principal.role, 'read-reports')) return false;
  if (kind === 'sitrep') {
    return principal.role !== 'sector' || (sector !== undefined && principal.sectors.includes(sector));
  }
  const alert = alertId === undefined ? undefined : context.picture.alerts.get(alertId);
  return alert !== undefined && mayReport(alert, principal);
}

/**
 * What was signed, as it may be read now: sections that rest on a record that has been restricted since are withheld,
 * text and figures.
 */
export function signedContentView(
  content: ReportContent,
  { lang, alertId = '' }: ReportSubject,
  { picture }: ViewContext,
): ReportContent {
  const isRestricted = ({ kind, id }: RecordRef): boolean =>
    kind === 'alert' && picture.alerts.get(id)?.restricted !== undefined;
  const isErased = picture.alerts.get(alertId)?.textErasedAtMs !== undefined;
  const section = (one: ReportSection): ReportSection => {
    const rests = [...one.records, ...one.figures.flatMap(({ records }) => records)];
    if (rests.some(isRestricted))
      return { ...one, text: reportText(lang, 'doc.withheld'), figures: [], records: [] };
    if (one.text !== '' || !mayQuote(one)) return one;
    return { ...one, text: reportText(lang, isErased ? 'doc.textErased' : 'doc.textUnreadable') };
  };
  return { ...content, sections: content.sections.map(section) };
}
