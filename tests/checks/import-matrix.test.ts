import { describe, expect, it } from 'vitest';
import { filesBelow, importsOf, readText } from '../support/source-files.ts';
import { homes, mayImport } from './import-matrix.ts';

const files = ['client', 'server', 'shared'].flatMap((folder) => filesBelow(folder, ['.ts', '.svelte']));
const imports = files.flatMap(importsOf);

/** `server/picture/fold.ts` is of the room `server/picture`, `server/main.ts` of `server/main`. */
function roomOf(path: string): string {
  const [side = '', room = ''] = path.split('/');
  return side === 'shared' ? 'shared' : `${side}/${room.replace(/\.(svelte\.)?(ts|svelte)$/, '')}`;
}

describe('import matrix', () => {
  it('reads imports at all', () => {
    expect(imports.length).toBeGreaterThan(100);
  });

  it('knows every room', () => {
    const rooms = new Set(files.filter((path) => !path.endsWith('.d.ts')).map(roomOf));
    expect([...rooms].filter((room) => !(room in mayImport))).toEqual([]);
  });

  it('lets no room import what it may not', () => {
    const wrong = imports
      .filter(({ isPackage }) => !isPackage)
      .filter(({ from, to }) => {
        const own = roomOf(from);
        const other = roomOf(to);
        if (own === other || to === 'package.json') return false;
        return !mayImport[own]?.some((allowed) => other === allowed || other.startsWith(`${allowed}/`));
      })
      .map(({ from, to }) => `${from} → ${to}`);
    expect(wrong).toEqual([]);
  });

  it('keeps every foreign library in its home', () => {
    const wrong = imports
      .filter(({ isPackage, to }) => isPackage && to in homes)
      .filter(({ from, to }) => !homes[to]?.some((home) => from === home || from.startsWith(`${home}/`)))
      .map(({ from, to }) => `${from} → ${to}`);
    expect(wrong).toEqual([]);
  });

  it('reads the environment in config and the command line only', () => {
    const readers = files.filter((path) => readText(path).includes('process.env'));
    expect(readers.filter((path) => !path.startsWith('server/cli/') && path !== 'server/config.ts')).toEqual(
      [],
    );
  });
});
