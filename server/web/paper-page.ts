import { reportText, type ReportKey } from '../../shared/messages/report-text.ts';
import type { Sector } from '../../shared/model/mission.ts';
import type { Paper } from '../reports/paper.ts';
import { Html, markup } from './docs-html.ts';
import { paperMap } from './paper-map.ts';
import { reportCss } from './report-css.ts';
import { sheet } from './report-page.ts';

/**
 * The state of the watch as one document for printing, map included, without script. `copy` carries its style in
 * itself, for a file that is opened when no server answers.
 */
export function paperPage(paper: Paper, sectors: readonly Sector[], { copy = false } = {}): string {
  const { lang } = paper;
  const say = (key: ReportKey): string => reportText(lang, key);
  const title = say('paper.title');
  const body = markup`<h1>${title}</h1>
<p>${reportText(lang, 'doc.mission', { name: paper.mission })}</p>
<p><strong>${reportText(lang, 'paper.asAt', { dtg: paper.dtg })}</strong> ${say('paper.handle')}</p>
${paper.crisis === undefined ? markup`` : markup`<p class="banner">${paper.crisis}</p>`}
${alertTable(paper)}
${table(paper, 'paper.units', ['paper.unit', 'paper.kind', 'paper.position', 'paper.age'], paper.units)}
${table(paper, 'paper.contacts', ['paper.unit', 'paper.use', 'paper.channels'], paper.contacts)}
${table(paper, 'paper.places', ['paper.name', 'paper.kind', 'paper.position'], paper.places)}
${mapSection(paper, sectors)}`;
  const marks = markup`${paper.isExercise ? markup`<p class="mark">${say('doc.exercise')}</p>` : markup``}
<p class="mark">${say('doc.classification')}</p><p class="serial">${title} · ${paper.dtg}</p>`;
  const style = copy ? { style: markup`<style>${new Html(reportCss())}</style>` } : {};
  return sheet({ lang, title: `${title} ${paper.dtg}`, marks, body, ...style }).source;
}

function alertTable(paper: Paper): Html {
  const columns = ['number', 'what', 'where', 'state', 'clock', 'owner', 'tasks'] as const;
  const keys = columns.map((column): ReportKey => `paper.${column}`);
  const rows = paper.alerts.map((alert) =>
    columns.map((column) =>
      column === 'clock' && alert.isOver
        ? markup`<span class="over">${alert.clock}</span>`
        : markup`${alert[column]}`,
    ),
  );
  return cells(paper, 'paper.alerts', keys, rows);
}

function table(
  paper: Paper,
  title: ReportKey,
  columns: readonly ReportKey[],
  rows: ReadonlyArray<readonly string[]>,
): Html {
  return cells(
    paper,
    title,
    columns,
    rows.map((row) => row.map((text) => markup`${text}`)),
  );
}

function cells(
  { lang }: Paper,
  title: ReportKey,
  columns: readonly ReportKey[],
  rows: ReadonlyArray<readonly Html[]>,
): Html {
  const heading = markup`<h2>${reportText(lang, title)} (${rows.length})</h2>`;
  if (rows.length === 0) return markup`${heading}<p>${reportText(lang, 'paper.none')}</p>`;
  return markup`${heading}
<table class="list"><thead><tr>${columns.map((key) => markup`<th scope="col">${reportText(lang, key)}</th>`)}</tr></thead>
<tbody>${rows.map((row) => markup`<tr>${row.map((cell) => markup`<td>${cell}</td>`)}</tr>`)}</tbody></table>`;
}

function mapSection(paper: Paper, sectors: readonly Sector[]): Html {
  const map = paperMap(paper.points, sectors, reportText(paper.lang, 'paper.map'));
  if (!map) return markup``;
  return markup`<section><h2>${reportText(paper.lang, 'paper.map')}</h2>
<p class="note">${reportText(paper.lang, 'paper.mapHelp', { km: map.km })}</p>
${map.svg}</section>`;
}
