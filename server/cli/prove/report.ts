/** What a proof has found: figures for people, and checks that pass or fail. */
export interface Report {
  /** Prints PASS or FAIL with what was found; answers whether it passed. */
  check(what: string, passed: boolean, found?: string): boolean;
  /** As `check`, for two values that must be the same. */
  equal(what: string, found: string | number, expected: string | number): boolean;
  figure(what: string, value: string): void;
  /** The table of figures. */
  table(): string[];
  readonly passed: number;
  readonly failed: number;
  /** A report whose lines name what they are about. */
  about(name: string): Report;
}

interface Counts {
  passed: number;
  failed: number;
  readonly figures: { readonly what: string; readonly value: string }[];
}

export function createReport(print: (line: string) => void): Report {
  return reportOn({ passed: 0, failed: 0, figures: [] }, print, '');
}

function reportOn(counts: Counts, print: (line: string) => void, prefix: string): Report {
  const report: Report = {
    check(what, passed, found = '') {
      if (passed) counts.passed += 1;
      else counts.failed += 1;
      print(`${passed ? 'PASS' : 'FAIL'}  ${prefix}${what}${found === '' ? '' : `: ${found}`}`);
      return passed;
    },
    equal: (what, found, expected) =>
      report.check(
        what,
        found === expected,
        found === expected ? String(found) : `${found}, expected ${expected}`,
      ),
    figure: (what, value) => void counts.figures.push({ what: prefix + what, value }),
    table() {
      const width = Math.max(0, ...counts.figures.map(({ what }) => what.length));
      return counts.figures.map(({ what, value }) => `${what.padEnd(width)}  ${value}`);
    },
    get passed() {
      return counts.passed;
    },
    get failed() {
      return counts.failed;
    },
    about: (name) => reportOn(counts, print, `${prefix}${name}: `),
  };
  return report;
}
