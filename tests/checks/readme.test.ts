import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesBelow, projectDir, readText } from '../support/source-files.ts';

const readme = readText('README.md');

describe('README', () => {
  it('names only files and folders that are there', () => {
    const named = [...readme.matchAll(/[`(]((?:client|server|shared|tests)\/[\w./-]*)[`)]/g)].map(
      ([, path = '']) => path,
    );
    expect(named.length).toBeGreaterThan(30);
    expect(named.filter((path) => !existsSync(join(projectDir, path)))).toEqual([]);
  });

  it('names every room', () => {
    const rooms = ['client', 'server', 'shared'].flatMap((side) =>
      readdirSync(join(projectDir, side), { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && entry.name !== 'public')
        .map(({ name }) => `${side}/${name}/`),
    );
    expect(rooms.filter((room) => !readme.includes(room))).toEqual([]);
  });

  it('names only commands that package.json has', () => {
    const { scripts } = JSON.parse(readText('package.json')) as { scripts: Record<string, string> };
    const named = [...readme.matchAll(/npm run (?:-s )?([\w:]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('stands at the top with nothing beside it but what the customer fixed', () => {
    const fixed = [
      'client',
      'server',
      'shared',
      'tests',
      'package.json',
      'package-lock.json',
      'tsconfig.json',
      'vite.config.ts',
      'README.md',
      'LICENSE',
      'node_modules',
      'data',
    ];
    const top = readdirSync(projectDir).filter((name) => !name.startsWith('.'));
    expect(top.filter((name) => !fixed.includes(name))).toEqual([]);
  });
});

describe('PROTOCOL.md', () => {
  it('has a test for every rule and a rule for every test that quotes one', () => {
    const rules = new Set(
      [...readText('shared/wire/PROTOCOL.md').matchAll(/\*\*([LWP]\d+)\*\*/g)].map(([, id = '']) => id),
    );
    const tests = filesBelow('tests', ['.test.ts']).map((path) =>
      readFileSync(join(projectDir, path), 'utf8'),
    );
    const quoted = new Set(
      tests.flatMap((text) =>
        [...text.matchAll(/\bit(?:\.each\([^)]*\))?\(\s*['`]((?:[LWP]\d+ )+)/g)].flatMap(([, ids = '']) =>
          ids.trim().split(' '),
        ),
      ),
    );
    expect([...rules].filter((rule) => !quoted.has(rule))).toEqual([]);
    expect([...quoted].filter((rule) => !rules.has(rule))).toEqual([]);
  });
});
