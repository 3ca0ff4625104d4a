import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import type { Section } from './measures/section.ts';
import type { Row } from './table.ts';

export interface Result {
  readonly section: Section;
  readonly rows: readonly Row[];
}

/** The whole table as README shows it. */
export async function writeMarkdown(file: string, results: readonly Result[]): Promise<void> {
  const about = `Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? 'processor'}, loopback. Figures of different runs or machines do not compare; ratios within a run do.`;
  await writeFile(file, `${[about, ...results.map(oneSection)].join('\n\n')}\n`);
}

function oneSection({ section: { name, title, goal }, rows }: Result): string {
  const names = Object.keys(rows[0] ?? {});
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [
    `**${title}**`,
    '',
    [goal ? `Goal: ${goal}.` : '', `\`npm run bench -- --only=${name}\``].filter(Boolean).join(' '),
    '',
    line(names),
    line(names.map(() => '---')),
    ...rows.map((row) => line(names.map((column) => row[column] ?? ''))),
  ].join('\n');
}
