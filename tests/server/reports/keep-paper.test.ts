import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isDue, keepPaper, paperName } from '../../../server/reports/keep-paper.ts';
import { temporaryFolder } from '../../support/test-server.ts';

const minute = 60_000;

describe('copies of the state of the watch', () => {
  it('are written when they are due, readable by their owner only, and the last forty-eight stay', async () => {
    const folder = join(temporaryFolder(), 'paper');
    let nowMs = Date.parse('2026-11-22T16:40:00Z');
    const duty = keepPaper({ folder, everyMin: 60, nowMs: () => nowMs, page: () => `at ${nowMs}` });
    await duty.run();
    nowMs += 59 * minute;
    await duty.run();
    expect(readdirSync(folder)).toEqual(['paper-20261122T1640Z.html']);
    expect(statSync(join(folder, 'paper-20261122T1640Z.html')).mode & 0o077).toBe(0);
    for (let hour = 1; hour <= 50; hour++) {
      nowMs = Date.parse('2026-11-22T16:40:00Z') + hour * 60 * minute;
      await duty.run();
    }
    const copies = readdirSync(folder).sort();
    expect(copies).toHaveLength(48);
    expect(copies.at(-1)).toBe(paperName(nowMs));
    expect(readFileSync(join(folder, paperName(nowMs)), 'utf8')).toBe(`at ${nowMs}`);
  });

  it('are due by the name of the newest, and at once where a clock was wrong', () => {
    const atMs = Date.parse('2026-11-22T16:40:00Z');
    expect(isDue([], 60, atMs)).toBe(true);
    expect(isDue([paperName(atMs - 59 * minute)], 60, atMs)).toBe(false);
    expect(isDue([paperName(atMs - 60 * minute)], 60, atMs)).toBe(true);
    expect(isDue([paperName(atMs + 60 * minute)], 60, atMs)).toBe(true);
  });
});
