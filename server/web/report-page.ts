import { reportText } from '../../shared/messages/report-text.ts';
import type { RecordRef, ReportOut, ReportSection } from '../../shared/model/report.ts';
import { markup, type Html } from './docs-html.ts';

/**
 * A report as a page that prints on A4: serial number, time and classification at the head and foot of every sheet,
 * every figure with links to its records. No script, no style but `/api/reports.css`.
 */
export function reportPage(report: ReportOut): string {
  const { lang, title, signedBy, version } = report;
  const state =
    signedBy === undefined
      ? reportText(lang, 'doc.draft')
      : reportText(lang, 'doc.signed', { name: signedBy, dtg: report.dtg });
  const about = markup`<h1>${title}</h1>
<p>${reportText(lang, 'doc.mission', { name: report.mission })}</p>
<p><strong>${state}</strong>. ${reportText(lang, 'doc.version', { version })}. ${report.dtg}</p>`;
  const body = markup`${about}
${report.sections.map((section) => sectionOf(section, report))}`;
  return sheet({ lang, title: report.serial, marks: marksOf(report), body }).source;
}

function marksOf(report: ReportOut): Html {
  const { lang, classification, serial, dtg, exercise } = report;
  return markup`${exercise ? markup`<p class="mark">${reportText(lang, 'doc.exercise')}</p>` : markup``}
<p class="mark">${classification}</p><p class="serial">${serial} · ${dtg}</p>`;
}

interface Sheet {
  readonly lang: string;
  readonly title: string;
  readonly marks: Html;
  readonly body: Html;
  /** The style itself, for copies on disk; the page asks for it where it is missing. */
  readonly style?: Html;
}

/** A document for printing. Browsers repeat the head and the foot of a table on every sheet. */
export function sheet({ lang, title, marks, body, style }: Sheet): Html {
  return markup`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${style ?? markup`<link rel="stylesheet" href="/api/reports.css">`}
</head>
<body>
<table class="sheet" role="presentation">
<thead><tr><td><header>${marks}</header></td></tr></thead>
<tfoot><tr><td><footer>${marks}</footer></td></tr></tfoot>
<tbody><tr><td><main>
${body}
</main></td></tr></tbody>
</table>
</body>
</html>
`;
}

function sectionOf({ id, title, text, edited, figures, records }: ReportSection, { lang }: ReportOut): Html {
  const lines = text.split('\n').map((line) => markup`<p>${line}</p>`);
  const counted = figures.map(({ label, value, records: rests }) => {
    const number = value === null ? reportText(lang, 'doc.notGiven') : String(value);
    return markup`<dt>${label}</dt><dd><strong>${number}</strong> ${links(rests)}</dd>`;
  });
  return markup`<section id="${id}"><h2>${title}</h2>
${lines}
${edited ? markup`<p class="note">${reportText(lang, 'doc.edited')}</p>` : markup``}
${counted.length > 0 ? markup`<dl>${counted}</dl>` : markup``}
${records.length > 0 ? markup`<p class="note">${reportText(lang, 'doc.is', { name: reportText(lang, 'doc.records'), value: '' })}${links(records)}</p>` : markup``}
</section>
`;
}

/** Links into the console; rumours have no place of their own there. */
function links(records: readonly RecordRef[]): Html {
  return markup`${records.map((record) =>
    record.kind === 'rumour'
      ? markup`<span>${record.label}</span> `
      : markup`<a href="/?sel=${record.kind}:${encodeURIComponent(record.id)}">${record.label}</a> `,
  )}`;
}
