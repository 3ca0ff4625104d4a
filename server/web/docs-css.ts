/**
 * The style of the API page. Every pair of text and ground has a contrast of at least 7:1, links are
 * underlined and the focus is drawn (WCAG 2.2 AA); long tables and examples scroll in themselves.
 */
export function docsCss(): string {
  return `:root { color-scheme: dark; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 64rem; padding: 1.5rem; background: #0b1118; color: #e8eef4;
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1, h2, h3, h4 { line-height: 1.25; }
h2 { margin: 2.5rem 0 0.5rem; padding-bottom: 0.25rem; border-bottom: 1px solid #5d7790; }
h3 { margin: 1.5rem 0 0.25rem; font-size: 1.05rem; }
h4 { margin: 0.75rem 0 0.25rem; font-size: 0.95rem; }
p, dl, ul { margin: 0.25rem 0 0.5rem; }
article { margin: 1rem 0; padding: 0.25rem 1rem 0.75rem;
  background: #111a24; border: 1px solid #243447; border-radius: 6px; }
a { color: #8cc8f5; text-decoration: underline; }
:focus-visible { outline: 3px solid #8cc8f5; outline-offset: 2px; }
.skip { position: absolute; left: -100vw; padding: 0.5rem 1rem; background: #111a24; }
.skip:focus { left: 1rem; top: 1rem; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.5rem 1.25rem; padding: 0; list-style: none; }
nav a { display: inline-block; padding: 0.25rem 0; }
code, pre { font: 0.9em/1.5 ui-monospace, monospace; }
.call { display: block; font-size: 1rem; }
.method { color: #ffb224; }
pre { margin: 0.5rem 0; padding: 0.75rem; overflow: auto;
  background: #0b1118; border: 1px solid #243447; border-radius: 6px; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: 0.35rem 0.75rem 0.35rem 0; text-align: left; vertical-align: top;
  border-bottom: 1px solid #243447; }
th { white-space: nowrap; }
td { min-width: 12rem; overflow-wrap: break-word; }
td:nth-child(2) { min-width: 0; }
dt { font-weight: 600; }
dd { margin: 0 0 0.35rem 1.25rem; }
@media (prefers-contrast: more) { body { background: #000; color: #fff; } }
@media print {
  :root { color-scheme: light; }
  body, article, pre { background: #fff; color: #000; }
  a, .method { color: #000; }
}
`;
}
