import { alertCategories, type AlertCategory } from '../../shared/model/alert-lists.ts';
import { noResponseReasons, refusalReasons } from '../../shared/model/alert-steps.ts';
import { dtg } from '../../shared/messages/format.ts';
import type { RecordRef, ReportContent, ReportFigure, ReportSection } from '../../shared/model/report.ts';
import { reportableAlerts, reportableText, restrictedByMonth } from '../audience/reportable.ts';
import { rumourVisible } from '../audience/rumour-view.ts';
import { silentVillages } from '../audience/village-view.ts';
import { threatView } from '../audience/threat-view.ts';
import type { Alert } from '../picture/picture.ts';
import { rumourStatus } from '../picture/watch.ts';
import { Pen, type Drafting } from './drafting.ts';
import { closingBefore, isActionable, wasOnScene } from './response.ts';

const dayMs = 86_400_000;
/** Silent villages that a report names; it counts them all. */
const mostVillages = 100;
const outlookMs = 3 * dayMs;

/** Categories of sections that are not about protection as such. */
const humanitarian: readonly AlertCategory[] = ['displacement', 'natural-hazard', 'returnee'];
const safety: readonly AlertCategory[] = ['attack-on-un', 'movement-restriction', 'explosive-hazard'];
const rights: readonly AlertCategory[] = ['killing', 'abduction', 'arrest', 'hate-speech'];

interface Day {
  readonly pen: Pen;
  readonly sector: string | undefined;
  readonly fromMs: number;
  readonly toMs: number;
  /** Alerts received on the day, that may stand in a report. */
  readonly received: readonly Alert[];
  /** Those of earlier days as well. */
  readonly known: readonly Alert[];
}

/** The daily situation report (sections of domain.md 2.4) of one UTC day, of the mission or of one sector. */
export function draftSitrep(
  { date, sector }: { readonly date: string; readonly sector?: string | undefined },
  drafting: Drafting,
): Omit<ReportContent, 'serial'> {
  const pen = new Pen(drafting);
  const fromMs = Date.parse(`${date}T00:00:00Z`);
  const toMs = fromMs + dayMs;
  const known = reportableAlerts(drafting.principal, drafting).filter(
    (alert) => alert.receivedAtMs < toMs && (sector === undefined || alert.sector === sector),
  );
  const received = known.filter(({ receivedAtMs }) => receivedAtMs >= fromMs);
  const day: Day = { pen, sector, fromMs, toMs, received, known };
  const name = drafting.mission.sectors.find(({ id }) => id === sector)?.name ?? sector;
  return {
    title:
      name === undefined
        ? pen.say('title.sitrep', { date })
        : pen.say('title.sitrepSector', { date, sector: name }),
    sections: [
      summary(day),
      toComplete(day, 'political'),
      security(day),
      protection(day),
      incidents(day),
      operations(day),
      rightsSection(day),
      byKind(day, 'humanitarian', humanitarian),
      byKind(day, 'safety', safety),
      toComplete(day, 'logistics'),
      outlook(day),
      media(day),
    ],
  };
}

const refs = (alerts: readonly Alert[], pen: Pen): RecordRef[] => alerts.map((alert) => pen.alertRef(alert));

function toComplete({ pen }: Day, id: 'political' | 'logistics'): ReportSection {
  return pen.section(id, [pen.say('doc.complete')]);
}

function answeredOf({ received, toMs }: Day): Alert[] {
  return received.filter((alert) => wasOnScene(alert, toMs));
}

function unansweredOf({ received, toMs }: Day): Alert[] {
  return received.filter((alert) => closingBefore(alert, toMs) === 'no-response');
}

function openOf({ known, toMs }: Day): Alert[] {
  return known.filter((alert) => closingBefore(alert, toMs) === undefined);
}

function summary(day: Day): ReportSection {
  const { pen, received, fromMs, toMs } = day;
  const figure = (id: 'received' | 'answered' | 'unanswered' | 'open', alerts: readonly Alert[]) =>
    pen.figure(id, pen.say(`figure.${id}`), refs(alerts, pen));
  const [answered, unanswered, open] = [answeredOf(day), unansweredOf(day), openOf(day)];
  const line = pen.say('line.summary', {
    received: received.length,
    answered: answered.length,
    unanswered: unanswered.length,
    open: open.length,
  });
  return pen.section('summary', [pen.say('line.day', { from: dtg(fromMs), to: dtg(toMs) }), line], {
    figures: [
      figure('received', received),
      figure('answered', answered),
      figure('unanswered', unanswered),
      figure('open', open),
    ],
  });
}

function security(day: Day): ReportSection {
  const { pen, received, sector } = day;
  const sectors = pen.drafting.mission.sectors.filter(({ id }) => sector === undefined || id === sector);
  const figures = sectors.map(({ id, name }) => {
    const alerts = received.filter((alert) => alert.sector === id);
    return pen.figure(`sector-${id}`, pen.say('figure.sector', { sector: name }), refs(alerts, pen));
  });
  const nowhere = received.filter((alert) => alert.sector === undefined);
  const without = pen.figure('no-sector', pen.say('figure.noSector'), refs(nowhere, pen));
  return pen.section('security', [pen.say('doc.complete')], {
    figures: nowhere.length > 0 ? [...figures, without] : figures,
  });
}

function protection(day: Day): ReportSection {
  const { pen, received, toMs } = day;
  const actionable = received.filter((alert) => isActionable(alert, toMs));
  const answered = actionable.filter((alert) => wasOnScene(alert, toMs));
  const rate =
    actionable.length === 0
      ? pen.say('line.noRate')
      : pen.say('line.rate', {
          value: Math.round((100 * answered.length) / actionable.length),
          count: actionable.length,
        });
  const noResponse = noResponseReasons.map((reason) => {
    const alerts = unansweredOf(day).filter((alert) => alert.reason === reason);
    const label = pen.say('figure.noResponse', { reason: pen.word('noResponse', reason) });
    return pen.figure(`no-response-${reason}`, label, refs(alerts, pen));
  });
  const refused = refusalReasons.map((reason) => {
    const alerts = received.filter(({ history }) =>
      history.some(
        ({ what, atMs, detail }) => what === 'refuse' && atMs < toMs && detail?.['reason'] === reason,
      ),
    );
    const label = pen.say('figure.refused', { reason: pen.word('refusal', reason) });
    return pen.figure(`refused-${reason}`, label, refs(alerts, pen));
  });
  const silent = silentFigure(day);
  return pen.section('protection', [pen.say('line.definition', { rate })], {
    figures: [
      pen.figure('received', pen.say('figure.received'), refs(received, pen)),
      pen.figure('answered', pen.say('figure.answered'), refs(answeredOf(day), pen)),
      pen.figure('unanswered', pen.say('figure.unanswered'), refs(unansweredOf(day), pen)),
      ...[...noResponse, ...refused].filter(({ value }) => value !== 0),
      ...(silent === undefined ? [] : [silent]),
    ],
  });
}

/** Villages that were silent when the day ended, or are now; missing where no village is expected to be heard of. */
function silentFigure({ pen, sector, toMs }: Day): ReportFigure | undefined {
  const { drafting } = pen;
  const isExpected = [...drafting.picture.villages.values()].some(
    ({ rhythmSinceMs = Infinity }) => rhythmSinceMs < toMs,
  );
  if (!isExpected) return undefined;
  const atMs = Math.min(toMs, drafting.atMs);
  const silent = silentVillages(drafting.principal, { ...drafting, atMs }).filter(
    (village) => sector === undefined || village.sector === sector,
  );
  const records = silent.slice(0, mostVillages).map(({ id }): RecordRef => {
    const label = drafting.picture.places.get(id)?.place.name ?? id;
    return { kind: 'place', id, label: reportableText(label) };
  });
  return pen.figure('silent-villages', pen.say('figure.silentVillages'), records, silent.length);
}

function incidents({ pen, received }: Day): ReportSection {
  const grave = received.filter(({ priority }) => priority === 'P1' || priority === 'P2');
  const lines = grave.map((alert) =>
    pen.say('line.incident', {
      number: alert.number,
      category: pen.word('category', alert.report.category),
      priority: alert.priority,
      place: pen.placeOf(alert),
      state: pen.word('alertState', alert.state),
    }),
  );
  return pen.section('incidents', lines.length > 0 ? lines : [pen.say('line.noIncident')], {
    figures: (['P1', 'P2'] as const).map((priority) => {
      const alerts = grave.filter((alert) => alert.priority === priority);
      return pen.figure(priority, pen.say(priority === 'P1' ? 'figure.p1' : 'figure.p2'), refs(alerts, pen));
    }),
    records: refs(grave, pen),
  });
}

function operations({ pen, known, fromMs, toMs }: Day): ReportSection {
  const unitsThat = (what: string): RecordRef[] => {
    const ids = known.flatMap(({ history }) =>
      history
        .filter((event) => event.what === what && event.atMs >= fromMs && event.atMs < toMs)
        .flatMap(({ detail }) => {
          const units: unknown = detail?.['units'] ?? [detail?.['unit']];
          return Array.isArray(units) ? units.filter((unit) => typeof unit === 'string') : [];
        }),
    );
    return [...new Set(ids)].map((id) => pen.unitRef(id));
  };
  return pen.section('operations', [pen.say('doc.complete')], {
    figures: [
      pen.figure('tasked', pen.say('figure.tasked'), unitsThat('task')),
      pen.figure('onScene', pen.say('figure.onScene'), unitsThat('on-scene')),
    ],
  });
}

function kindFigures({ pen, received }: Day, categories: readonly AlertCategory[]): ReportFigure[] {
  return alertCategories
    .filter((category) => categories.includes(category))
    .map((category) => {
      const alerts = received.filter(({ report }) => report.category === category);
      const label = pen.say('figure.kind', { category: pen.word('category', category) });
      return pen.figure(`kind-${category}`, label, refs(alerts, pen));
    });
}

function byKind(
  day: Day,
  id: 'humanitarian' | 'safety',
  categories: readonly AlertCategory[],
): ReportSection {
  return day.pen.section(id, [day.pen.say('doc.complete')], { figures: kindFigures(day, categories) });
}

/** Figures only. What is restricted is counted for the whole mission, by months, and from five up. */
function rightsSection(day: Day): ReportSection {
  const { pen, sector, fromMs, toMs } = day;
  const figures = kindFigures(day, rights);
  if (sector !== undefined) {
    return pen.section('rights', [pen.say('line.rightsSector')], { figures });
  }
  const { picture, atMs } = pen.drafting;
  const begin = new Date(fromMs);
  const monthBeforeMs = Date.UTC(begin.getUTCFullYear(), begin.getUTCMonth() - 1, 1);
  const months = restrictedByMonth(picture, { fromMs: monthBeforeMs, toMs, atMs }).slice(-1);
  const restricted = months.map(({ month, count }) =>
    pen.figure(`restricted-${month}`, pen.say('figure.restricted', { month }), [], count),
  );
  return pen.section('rights', [pen.say('line.rights')], { figures: [...figures, ...restricted] });
}

function outlook({ pen, sector, toMs }: Day): ReportSection {
  const { drafting } = pen;
  const inForce = [...drafting.picture.threats.values()].flatMap((threat) => {
    const seen = threatView(threat, drafting.principal, drafting);
    const isThere =
      threat.raisedAtMs < toMs &&
      (threat.endedAtMs ?? Infinity) >= toMs &&
      Date.parse(threat.threat.validTo ?? '9999-01-01') >= toMs;
    return seen && isThere && (sector === undefined || seen.sector === sector) ? [seen] : [];
  });
  const ref = (threat: (typeof inForce)[number]): RecordRef => ({
    kind: 'threat',
    id: threat.id,
    label: reportableText(threat.kind),
  });
  const ending = inForce.filter(({ validTo }) => validTo && Date.parse(validTo) < toMs + outlookMs);
  const lines = inForce.map(({ kind, likelihood = 0, impact = 0, validTo }) =>
    pen.say('line.threat', {
      kind: reportableText(kind),
      likelihood,
      impact,
      until: validTo ? pen.say('line.until', { dtg: dtg(Date.parse(validTo)) }) : '',
    }),
  );
  const said = lines.length > 0 ? lines : [pen.say('line.noThreat')];
  return pen.section('outlook', [...said, pen.say('doc.complete')], {
    figures: [
      pen.figure('threats', pen.say('figure.threats'), inForce.map(ref)),
      pen.figure('expiring', pen.say('figure.expiring'), ending.map(ref)),
    ],
  });
}

function media({ pen, sector, known, fromMs, toMs }: Day): ReportSection {
  const { drafting } = pen;
  const rumours = [...drafting.picture.watch.rumours.values()].filter(
    (rumour) =>
      rumour.raised.atMs >= fromMs &&
      rumour.raised.atMs < toMs &&
      rumourVisible(rumour, drafting.principal, drafting) &&
      (sector === undefined || known.some(({ id }) => id === rumour.alertId)),
  );
  const lines = rumours.map((rumour) =>
    pen.say('line.rumour', {
      claim: reportableText(rumour.claim),
      status: pen.word('rumourStatus', rumourStatus(rumour)),
    }),
  );
  const about = rumours.flatMap(({ alertId }) => known.find(({ id }) => id === alertId) ?? []);
  const records = rumours.map(({ id }) => ({ kind: 'rumour' as const, id, label: id.slice(0, 8) }));
  return pen.section('media', lines.length > 0 ? lines : [pen.say('line.none')], {
    figures: [pen.figure('rumours', pen.say('figure.rumours'), records)],
    records: [...records, ...refs(about, pen)],
  });
}
