import { parseArgs } from 'node:util';

type Spec = NonNullable<Parameters<typeof parseArgs>[0]>['options'];

/** The options of a command. A wrong one ends it with one line and the usage. */
export function readOptions<S extends NonNullable<Spec>>(
  usage: string,
  options: S,
): {
  values: ReturnType<typeof parseArgs<{ options: S; allowPositionals: true }>>['values'];
  positionals: string[];
} {
  try {
    return parseArgs({ options, allowPositionals: true, strict: true });
  } catch (reason) {
    process.stderr.write(`nightflash: ${(reason as Error).message}\nusage: ${usage}\n`);
    process.exit(2);
  }
}

/** A length of time such as 90d, 12h, 30m, in ms; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const [, count, unit] = /^(\d{1,6})([smhdw])$/.exec(text) ?? [];
  const unitMs = { s: 1e3, m: 6e4, h: 36e5, d: 864e5, w: 6048e5 }[unit ?? ''];
  return count === undefined || unitMs === undefined ? undefined : Number(count) * unitMs;
}
