import { dtg } from '../../shared/messages/format.ts';
import { reportText, wordText } from '../../shared/messages/report-text.ts';
import type { BriefItem, HandoverBrief, HandoverOut } from '../../shared/model/handover.ts';
import type { ReportLanguage } from '../../shared/model/report.ts';
import type { Principal } from '../../shared/role.ts';
import type { Handover } from '../picture/watch.ts';
import { alertSight } from './alert-sight.ts';
import { rumourView } from './rumour-view.ts';
import { threatView } from './threat-view.ts';
import { unitView } from './unit-view.ts';
import type { ViewContext } from './view-context.ts';

interface Reader extends ViewContext {
  readonly principal: Principal;
  readonly lang: ReportLanguage;
}

/** A handover with the words that its reader may see now, whatever was to be seen when it was signed. */
export function handoverView(
  { id, notes, brief, outgoing, incoming }: Handover,
  reader: Reader,
): HandoverOut {
  return {
    id,
    ...briefView(brief, reader),
    at: new Date(outgoing.atMs).toISOString(),
    notes,
    outgoing: signature(outgoing),
    ...(incoming ? { incoming: signature(incoming) } : {}),
  };
}

function signature({ atMs, by }: Handover['outgoing']): NonNullable<HandoverOut['outgoing']> {
  return { by: by.name, role: by.role, at: new Date(atMs).toISOString(), dtg: dtg(atMs) };
}

/** A brief that nobody has signed yet, in words. */
export function briefView(brief: HandoverBrief, reader: Reader): Omit<HandoverOut, 'id'> {
  const { lang } = reader;
  const gone = reportText(lang, 'handover.gone');
  const byId = new Map(brief.openAlerts.map((item) => [item.id, item]));
  const alertItem = (id: string): BriefItem => {
    const { leftS, state = '', priority = '' } = byId.get(id) ?? {};
    const text = alertWords(id, { state, priority }, reader) ?? gone;
    return { id, text, over: (leftS ?? 0) < 0, ...(leftS === undefined ? {} : { leftS }) };
  };
  return {
    at: new Date(reader.atMs).toISOString(),
    notes: '',
    ...(brief.crisis === undefined ? {} : { crisis: brief.crisis }),
    openAlerts: brief.openAlerts.map(({ id }) => alertItem(id)),
    overdue: brief.overdue.map(alertItem),
    expiringThreats: brief.expiringThreats.map(({ id, atMs = 0 }) => {
      const threat = reader.picture.threats.get(id);
      const seen = threat && threatView(threat, reader.principal, reader);
      const text = seen && reportText(lang, 'handover.threat', { kind: seen.kind, dtg: dtg(atMs) });
      return { id, text: text ?? gone };
    }),
    decisions: brief.decisions.map(({ id, what }) => ({ id, text: decisionWords(id, what, reader) ?? gone })),
    staleUnits: brief.staleUnits.map(({ id, atMs }) => {
      const unit = reader.picture.units.get(id);
      const seen = unit && unitView(unit, reader.principal, reader);
      const name = seen?.callsign ?? id;
      if (!seen) return { id, text: gone };
      return { id, text: heard('handover.unit', 'handover.unitNever', { unit: name }, atMs, lang) };
    }),
    silentFeeds: brief.silentFeeds.map(({ id, atMs = 0, units }) => {
      const feed = id.slice(0, 12);
      return { id, text: reportText(lang, 'handover.feed', { feed, dtg: dtg(atMs), units }) };
    }),
    silentVillages: brief.silentVillages.map(({ id, atMs }) => {
      const place = reader.picture.places.get(id)?.place.name ?? id;
      return { id, text: heard('handover.village', 'handover.villageNever', { place }, atMs, lang) };
    }),
    openRumours: brief.openRumours.map((id) => {
      const rumour = reader.picture.watch.rumours.get(id);
      const seen = rumour && rumourView(rumour, reader.principal, reader);
      return { id, text: seen?.claim ?? gone };
    }),
  };
}

type HeardKey = 'handover.unit' | 'handover.village';
type NeverKey = 'handover.unitNever' | 'handover.villageNever';

function heard(
  key: HeardKey,
  never: NeverKey,
  params: Readonly<Record<string, string>>,
  atMs: number | undefined,
  lang: ReportLanguage,
): string {
  return atMs === undefined
    ? reportText(lang, never, params)
    : reportText(lang, key, { ...params, dtg: dtg(atMs) });
}

function alertWords(
  id: string,
  { state, priority }: { readonly state: string; readonly priority: string },
  { picture, principal, lang }: Reader,
): string | undefined {
  const alert = picture.alerts.get(id);
  const sight = alert && alertSight(alert, principal);
  if (!alert || !sight) return undefined;
  const params = { number: alert.number, priority, state: wordText(lang, 'alertState', state) };
  if (sight === 'protection') return reportText(lang, 'handover.protection', params);
  const place = alert.report.placeName ?? reportText(lang, 'line.placeUnknown');
  const category = wordText(lang, 'category', alert.report.category);
  return reportText(lang, 'handover.alert', { ...params, category, place });
}

function decisionWords(id: string, what: string, reader: Reader): string | undefined {
  const { picture, principal, lang } = reader;
  const alert = picture.alerts.get(id);
  if (!alert || !alertSight(alert, principal)) return undefined;
  const { number } = alert;
  if (what === 'place') return reportText(lang, 'handover.confirm', { number });
  if (!what.startsWith('offered ')) return reportText(lang, 'handover.decide', { number });
  const unitId = what.slice('offered '.length);
  const unit = picture.units.get(unitId)?.callsign ?? unitId;
  return reportText(lang, 'handover.offered', { number, unit });
}
