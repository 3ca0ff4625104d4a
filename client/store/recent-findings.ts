import { findingKey, type Finding } from './finding.ts';

const mostKept = 6;

/** What was gone to lately, newest first. Kept by the page alone: on a shared computer it goes with it. */
export class RecentFindings {
  #kept: readonly Finding[] = [];

  get all(): readonly Finding[] {
    return this.#kept;
  }

  note(finding: Finding): void {
    const key = findingKey(finding);
    const others = this.#kept.filter((one) => findingKey(one) !== key);
    this.#kept = [finding, ...others].slice(0, mostKept);
  }
}
