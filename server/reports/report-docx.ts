import {
  AlignmentType,
  Document,
  Footer,
  Header,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  TextRun,
} from 'docx';
import { reportText } from '../../shared/messages/report-text.ts';
import type { ReportOut, ReportSection } from '../../shared/model/report.ts';

/** 1/20 of a point; A4. */
const a4 = { width: 11_906, height: 16_838 };

/** The report as a Word document for A4: serial number, time and classification at the head and foot of every page. */
export async function reportDocx(given: ReportOut): Promise<Buffer> {
  const report = printable(given);
  const { lang, classification, serial } = report;
  const marks = [...(report.exercise ? [reportText(lang, 'doc.exercise')] : []), classification];
  const running = [new TextRun(`${serial}  ${report.dtg}  ${reportText(lang, 'doc.page')} `)];
  const page = new TextRun({ children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] });
  const head = marks.map((text) => centred([new TextRun({ text, bold: true })]));
  const document = new Document({
    title: report.title,
    creator: report.signedBy ?? 'Nightflash',
    description: serial,
    styles: { default: { document: { run: { font: 'Arial', size: 20, language: { value: lang } } } } },
    sections: [
      {
        properties: { page: { size: a4, margin: { top: 1_400, bottom: 1_400, left: 1_100, right: 1_100 } } },
        headers: { default: new Header({ children: [...head, centred([new TextRun(serial)])] }) },
        footers: { default: new Footer({ children: [...head, centred([...running, page])] }) },
        children: [...opening(report), ...report.sections.flatMap((section) => sectionOf(section, report))],
      },
    ],
  });
  return Packer.toBuffer(document);
}

function centred(children: TextRun[]): Paragraph {
  return new Paragraph({ alignment: AlignmentType.CENTER, children });
}

function opening(report: ReportOut): Paragraph[] {
  const { lang, signedBy, version } = report;
  const state =
    signedBy === undefined
      ? reportText(lang, 'doc.draft')
      : reportText(lang, 'doc.signed', { name: signedBy, dtg: report.dtg });
  return [
    new Paragraph({ text: report.title, heading: HeadingLevel.TITLE }),
    new Paragraph(reportText(lang, 'doc.mission', { name: report.mission })),
    new Paragraph(`${state}. ${reportText(lang, 'doc.version', { version })}. ${report.dtg}`),
  ];
}

function sectionOf({ title, text, figures, records }: ReportSection, { lang }: ReportOut): Paragraph[] {
  const lines = text.split('\n').map((line) => new Paragraph(line));
  const notGiven = reportText(lang, 'doc.notGiven');
  const counted = figures.map(({ label, value, records: rests }) => {
    const figure = new TextRun({ text: String(value ?? notGiven), bold: true });
    const names = rests.map((record) => record.label).join(', ');
    const from = names === '' ? [] : [new TextRun({ text: ` (${names})`, size: 16 })];
    return new Paragraph({
      bullet: { level: 0 },
      children: [new TextRun(reportText(lang, 'doc.is', { name: label, value: '' })), figure, ...from],
    });
  });
  const names = records.map(({ label }) => label).join(', ');
  const name = reportText(lang, 'doc.records');
  const rests = new TextRun({ text: reportText(lang, 'doc.is', { name, value: names }), size: 16 });
  return [
    new Paragraph({ text: title, heading: HeadingLevel.HEADING_2 }),
    ...lines,
    ...counted,
    ...(names === '' ? [] : [new Paragraph({ children: [rests] })]),
  ];
}

/** Characters that XML cannot hold at all: with one of them Word opens nothing. */
const unprintable = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

function printable<T>(value: T): T {
  const clean = (part: unknown): unknown => {
    if (typeof part === 'string') return part.toWellFormed().replace(unprintable, '');
    if (Array.isArray(part)) return part.map(clean);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([name, inside]) => [name, clean(inside)]));
  };
  return clean(value) as T; // the same shape, its texts cleaned
}
