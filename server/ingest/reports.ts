import { Failure } from '../../shared/failure.ts';
import {
  readReportId,
  reportEditsSchema,
  reportIdOf,
  type ReportContent,
  type ReportSubject,
} from '../../shared/model/report.ts';
import type { Principal } from '../../shared/role.ts';
import { mustMay } from './may.ts';
import { parseBody } from './parse-body.ts';
import { idOrRefusal, type Submit } from './submit.ts';

export interface ReportsDoor {
  /** Puts a person's texts in the place of drafts. */
  save(principal: Principal, id: string, body: unknown, changeId?: string): Promise<ReportSubject>;
  /** Signs the report as it stands. */
  sign(principal: Principal, id: string, changeId?: string): Promise<ReportSubject>;
}

interface Parts {
  readonly submit: Submit;
  /** The report as it would be signed now; throws where the principal may not read it. */
  readonly content: (subject: ReportSubject, principal: Principal) => ReportContent;
}

/** The door of reports: drafted by the server, edited and signed by people of the desk. */
export function createReportsDoor({ submit, content }: Parts): ReportsDoor {
  return {
    async save(principal, id, body, changeId) {
      mustMay(principal, 'write-report', 'write reports');
      const subject = subjectOf(id);
      const { sections } = parseBody(reportEditsSchema, body);
      const known = content(subject, principal).sections.map((section) => section.id);
      const unknown = Object.keys(sections).find((name) => !known.includes(name));
      if (unknown !== undefined) {
        throw new Failure('field-invalid', `the sections of this report are ${known.join(', ')}`, {
          field: `sections.${unknown}`,
        });
      }
      const entry = { kind: 'report.saved', reportId: reportIdOf(subject), subject, sections } as const;
      idOrRefusal(await submit.event(principal, { ...entry, ...changeOf(principal, 'save', changeId) }));
      return subject;
    },
    async sign(principal, id, changeId) {
      mustMay(principal, 'write-report', 'sign reports');
      const subject = subjectOf(id);
      const signed = { reportId: reportIdOf(subject), subject, content: content(subject, principal) };
      const change = changeOf(principal, 'sign', changeId);
      idOrRefusal(await submit.event(principal, { kind: 'report.signed', ...signed, ...change }));
      return subject;
    },
  };
}

/** A client's id of a change counts for its author and this kind of change only. */
function changeOf({ id }: Principal, what: string, changeId: string | undefined): { changeId?: string } {
  return changeId === undefined ? {} : { changeId: `${id} ${what} ${changeId}` };
}

/** The subject that an id of a report names. */
export function subjectOf(id: string): ReportSubject {
  const subject = readReportId(id);
  if (subject) return subject;
  throw new Failure('not-found', `there is no report ${id}`, { field: 'id' });
}
