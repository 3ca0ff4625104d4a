import type { CrisesOut } from '../../shared/model/crisis.ts';
import type { HandoverOut } from '../../shared/model/handover.ts';
import type { ImpactOut } from '../../shared/model/impact.ts';
import type { ReportOut } from '../../shared/model/report.ts';
import type { RumourOut, RumoursOut } from '../../shared/model/rumour.ts';
import type { RumourStatus } from '../../shared/model/rumour-lists.ts';
import type { LogLine, LogLink, LogPage } from '../../shared/model/watch-log.ts';
import type { Answer } from '../net/api.ts';
import type { Request } from './actions.ts';
import { VillageCalls } from './village-calls.ts';

export interface NewNote {
  readonly id: string;
  readonly text: string;
  readonly links?: readonly LogLink[];
  readonly corrects?: string;
}

export interface NewDecision {
  readonly id: string;
  readonly what: string;
  readonly who: string;
  readonly onWhat: string;
}

/** The papers of the watch, as calls: its log, handovers, reports, rumours and the register of a crisis. */
export class Papers {
  readonly #request: Request;

  /** The registry of villages, and focal points under their pseudonyms. */
  readonly villages: VillageCalls;

  constructor(request: Request) {
    this.#request = request;
    this.villages = new VillageCalls(request);
  }

  log(lang: string, before?: string): Promise<Answer<LogPage>> {
    const query = new URLSearchParams({ lang, limit: '100', ...(before === undefined ? {} : { before }) });
    return this.#request('GET', `/api/watch-log?${query}`);
  }

  note(note: NewNote): Promise<Answer<LogLine>> {
    return this.#request('POST', '/api/watch-log', note);
  }

  handoverDraft(lang: string): Promise<Answer<HandoverOut>> {
    return this.#request('GET', `/api/handover/draft?lang=${lang}`);
  }

  handovers(lang: string): Promise<Answer<{ readonly handovers: readonly HandoverOut[] }>> {
    return this.#request('GET', `/api/handover?lang=${lang}`);
  }

  handOver(id: string, notes: string): Promise<Answer<HandoverOut>> {
    return this.#request('POST', '/api/handover', { id, notes });
  }

  takeOver(id: string): Promise<Answer<HandoverOut>> {
    return this.#request('POST', `/api/handover/${encodeURIComponent(id)}/sign`, {});
  }

  report(path: string): Promise<Answer<ReportOut>> {
    return this.#request('GET', path);
  }

  saveReport(id: string, sections: Readonly<Record<string, string | null>>): Promise<Answer<ReportOut>> {
    return this.#request('PUT', `/api/reports/${encodeURIComponent(id)}`, { sections });
  }

  signReport(id: string): Promise<Answer<ReportOut>> {
    return this.#request('POST', `/api/reports/${encodeURIComponent(id)}/sign`, {});
  }

  impact(query: string): Promise<Answer<ImpactOut>> {
    return this.#request('GET', `/api/impact?${query}`);
  }

  rumours(): Promise<Answer<RumoursOut>> {
    return this.#request('GET', '/api/rumours');
  }

  raiseRumour(id: string, claim: string, spread: string): Promise<Answer<RumourOut>> {
    return this.#request('POST', '/api/rumours', { id, claim, spread });
  }

  answerRumour(id: string, answer: string, status: RumourStatus): Promise<Answer<RumourOut>> {
    return this.#request('POST', `/api/rumours/${encodeURIComponent(id)}/answer`, { answer, status });
  }

  crises(): Promise<Answer<CrisesOut>> {
    return this.#request('GET', '/api/crisis');
  }

  switchCrisis(on: boolean, reason: string, name?: string): Promise<Answer<CrisesOut>> {
    return this.#request('POST', '/api/crisis', { on, reason, ...(name ? { name } : {}) });
  }

  decide(decision: NewDecision): Promise<Answer<unknown>> {
    return this.#request('POST', '/api/crisis/decisions', decision);
  }
}
