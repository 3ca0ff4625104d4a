/** The style of reports and of paper: black on white, A4, tables that do not break inside a row. */
export function reportCss(): string {
  return `@page { size: A4; margin: 12mm; }
* { box-sizing: border-box; }
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 50rem; padding: 1rem; background: #fff; color: #000;
  font: 0.875rem/1.4 system-ui, sans-serif; overflow-wrap: anywhere; }
table.sheet { inline-size: 100%; border-collapse: collapse; }
table.sheet > thead > tr > td, table.sheet > tfoot > tr > td, table.sheet > tbody > tr > td { padding: 0; }
header, footer { text-align: center; padding-block: 0.25rem; }
header { border-block-end: 1px solid #000; }
footer { border-block-start: 1px solid #000; margin-block-start: 1rem; }
.mark { margin: 0; font-weight: 700; letter-spacing: 0.08em; }
.serial { margin: 0; font-size: 0.75rem; }
h1 { font-size: 1.25rem; margin-block: 0.75rem 0.25rem; }
h2 { font-size: 1rem; margin-block: 1rem 0.25rem; break-after: avoid; }
p { margin-block: 0.15rem; }
.note { font-size: 0.75rem; color: #333; }
dl { display: grid; grid-template-columns: minmax(10rem, max-content) 1fr; gap: 0.1rem 1rem; margin-block: 0.25rem; }
dd { margin: 0; }
a { color: #00376b; }
:focus-visible { outline: 3px solid #00376b; outline-offset: 2px; }
section, svg { break-inside: avoid-page; }
table.list { inline-size: 100%; border-collapse: collapse; font-size: 0.75rem; }
table.list th, table.list td { border: 1px solid #666; padding: 0.15rem 0.35rem; text-align: start; vertical-align: top; }
table.list tr { break-inside: avoid; }
table.list .over { font-weight: 700; text-decoration: underline; }
.banner { border: 2px solid #000; padding: 0.25rem 0.5rem; font-weight: 700; }
svg { inline-size: 100%; block-size: auto; border: 1px solid #666; }
svg text { font: 9px sans-serif; }
@media print { body { max-width: none; padding: 0; } a { color: #000; text-decoration: none; } }
`;
}
