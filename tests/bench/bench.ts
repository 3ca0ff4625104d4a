import { writeMarkdown, type Result } from './markdown.ts';
import { sections, slowSections } from './sections.ts';
import { table } from './table.ts';

const usage =
  'npm run bench -- [--quick] [--only=NAME[,NAME]] [--data=DIR with replay tracks] [--markdown=FILE]\nnames: ' +
  sections.map(({ name }) => name).join(' ');

interface Options {
  readonly isQuick: boolean;
  readonly only: readonly string[];
  readonly tracksDir?: string;
  readonly markdownFile?: string;
}

/** `npm run bench`: every figure beside its peers or its baseline, from one run in which they take turns. */
async function bench({ isQuick, only, tracksDir, markdownFile }: Options): Promise<boolean> {
  const extent = { isQuick, ...(tracksDir === undefined ? {} : { tracksDir }) };
  const wanted = sections.filter(({ name }) =>
    only.length > 0 ? only.includes(name) : !(isQuick && slowSections.includes(name)),
  );
  const results: Result[] = [];
  let isWhole = true;
  for (const section of wanted) {
    console.log(`\n${section.name}: ${section.title}${section.goal ? `\ngoal: ${section.goal}` : ''}`);
    try {
      const rows = await section.run(extent);
      console.log(table(rows));
      results.push({ section, rows });
    } catch (reason) {
      // One part that cannot be measured leaves the others; the run as a whole has then failed.
      console.error(reason);
      isWhole = false;
    }
  }
  if (markdownFile !== undefined) await writeMarkdown(markdownFile, results);
  return isWhole;
}

function readOptions(args: readonly string[]): Options {
  const value = (name: string): string | undefined =>
    args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
  const only = value('only')?.split(',') ?? [];
  const unknown = args.find((arg) => !/^--(quick$|(only|data|markdown)=.)/.test(arg));
  const unknownName = only.find((name) => !sections.some((section) => section.name === name));
  if (unknown !== undefined || unknownName !== undefined) {
    throw new Error(`"${unknown ?? unknownName}" is not known\n${usage}`);
  }
  const [tracksDir, markdownFile] = [value('data'), value('markdown')];
  return {
    isQuick: args.includes('--quick'),
    only,
    ...(tracksDir === undefined ? {} : { tracksDir }),
    ...(markdownFile === undefined ? {} : { markdownFile }),
  };
}

async function main(): Promise<void> {
  process.exit((await bench(readOptions(process.argv.slice(2)))) ? 0 : 1);
}

main().catch((reason: unknown) => {
  console.error(reason instanceof Error ? reason.message : reason);
  process.exit(1);
});
