import { decimalText, mgrsText } from '../../shared/geo/coordinates.ts';
import { dtg, elapsedText } from '../../shared/messages/format.ts';
import { reportText, wordText, type ReportKey } from '../../shared/messages/report-text.ts';
import type { TextParams } from '../../shared/messages/text.ts';
import type { RecordRef, ReportFigure, ReportLanguage, ReportSection } from '../../shared/model/report.ts';
import type { Principal } from '../../shared/role.ts';
import { alertEventText } from '../audience/log-text.ts';
import { reportableText } from '../audience/reportable.ts';
import type { ViewContext } from '../audience/view-context.ts';
import type { Alert } from '../picture/picture.ts';

/** For whom a report is drafted, when, and in which language. */
export interface Drafting extends ViewContext {
  readonly principal: Principal;
  readonly lang: ReportLanguage;
}

type SectionName = ReportKey extends infer Key ? (Key extends `section.${infer Name}` ? Name : never) : never;

/** The pen of a report: its words, and how it writes of alerts. Every free word of a person is cleaned. */
export class Pen {
  readonly drafting: Drafting;

  constructor(drafting: Drafting) {
    this.drafting = drafting;
  }

  say(key: ReportKey, params?: TextParams): string {
    return reportText(this.drafting.lang, key, params);
  }

  word(list: string, name: string): string {
    return wordText(this.drafting.lang, list, name);
  }

  section(
    id: SectionName,
    lines: readonly string[],
    { figures = [], records = [] }: Partial<Pick<ReportSection, 'figures' | 'records'>> = {},
  ): ReportSection {
    return { id, title: this.say(`section.${id}`), text: lines.join('\n'), figures, records };
  }

  figure(
    id: string,
    label: string,
    records: readonly RecordRef[],
    value: number | null = records.length,
  ): ReportFigure {
    return { id, label, value, records: [...records] };
  }

  alertRef({ id, number }: Alert): RecordRef {
    return { kind: 'alert', id, label: number };
  }

  unitRef(id: string): RecordRef {
    return { kind: 'unit', id, label: this.unitName(id) };
  }

  unitName(id: string): string {
    return this.drafting.picture.units.get(id)?.callsign ?? id;
  }

  placeOf({ report }: Alert): string {
    const name = report.placeName ?? this.drafting.picture.places.get(report.placeId ?? '')?.place.name;
    return name ? reportableText(name) : this.say('line.placeUnknown');
  }

  sectorOf({ sector }: Alert): string {
    const known = this.drafting.mission.sectors.find(({ id }) => id === sector);
    return known?.name ?? sector ?? this.say('line.sectorNone');
  }

  gridOf({ report: { lon, lat } }: Alert): readonly string[] {
    if (typeof lon !== 'number' || typeof lat !== 'number') return [];
    const degrees = decimalText(lon, lat);
    const mgrs = mgrsText(lon, lat);
    return [mgrs ? this.say('line.grid', { mgrs, degrees }) : this.say('line.degrees', { degrees })];
  }

  /** What was done about an alert before a time, a line each, oldest first. */
  storyOf(alert: Alert, beforeMs = Infinity): string[] {
    const { lang, picture } = this.drafting;
    return alert.history
      .filter(({ atMs }) => atMs < beforeMs)
      .map((event) => {
        const text = alertEventText(alert, event, { lang, picture, clean: reportableText });
        return this.say('line.step', { dtg: dtg(event.atMs), text });
      });
  }

  duration(seconds: number): string {
    return elapsedText(seconds);
  }
}

/** Records of alerts without doubles, in their order. */
export function distinct(records: readonly RecordRef[]): RecordRef[] {
  return [...new Map(records.map((record) => [`${record.kind} ${record.id}`, record])).values()];
}
