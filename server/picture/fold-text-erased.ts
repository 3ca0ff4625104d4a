import type { Author, EventBody } from '../../shared/model/entry.ts';
import { alertChanged, alertUnknown } from './fold-alert.ts';
import type { EntryPlace, Folded, Picture } from './picture.ts';
import type { Report } from './watch.ts';
import { erasedWords, mapWords, withoutTexts } from './words.ts';

/** The words of an alert go, here and in its reports; the alert, what was done and every second of its clock stay. */
export function foldTextErased(
  picture: Picture,
  body: Extract<EventBody, { kind: 'alert.text-erased' }>,
  author: Author,
  { seq, atMs }: EntryPlace,
): Folded {
  const known = picture.alerts.get(body.alertId);
  if (!known) return alertUnknown(body.alertId);
  if (known.textErasedAtMs !== undefined) {
    return { verdict: { kind: 'nothing-new', id: known.id }, changes: [] };
  }
  const erased = mapWords(known, erasedWords);
  picture.alerts.set(known.id, {
    ...erased,
    textErasedAtMs: atMs,
    changedAtMs: atMs,
    history: [...erased.history, { what: 'text-erased', atMs, by: author, detail: { reason: body.reason } }],
    changedSeq: seq,
  });
  const { source, sector } = known;
  picture.sourceDeeds.set(`${seq}`, {
    ...{ id: `${seq}`, what: body.kind, alertId: known.id, reason: body.reason, atMs, by: author },
    ...(source ? { pseudonym: source } : {}),
    ...(sector ? { sector } : {}),
  });
  const { reports } = picture.watch;
  for (const report of reports.values()) {
    if (report.subject.alertId === known.id) reports.set(report.id, erasedReport(report));
  }
  return alertChanged(known.id);
}

function erasedReport({ sealedEdits: _sealed, ...report }: Report): Report {
  const signed = report.signed.map(({ sealed: _sealedToo, ...one }) => ({
    ...one,
    content: withoutTexts(one.content),
  }));
  return { ...report, edits: {}, signed };
}
