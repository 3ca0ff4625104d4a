import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectDir = resolve(fileURLToPath(new URL('../..', import.meta.url)));

/** All files below a folder of the project whose names end so, as paths from the project's root. */
export function filesBelow(folder: string, endings: readonly string[]): string[] {
  const found: string[] = [];
  for (const name of readdirSync(join(projectDir, folder))) {
    const path = join(folder, name);
    if (statSync(join(projectDir, path)).isDirectory()) found.push(...filesBelow(path, endings));
    else if (endings.some((ending) => name.endsWith(ending))) found.push(path);
  }
  return found.sort();
}

/** The text of a file of the project. */
export function readText(path: string): string {
  return readFileSync(join(projectDir, path), 'utf8');
}

export interface Import {
  readonly from: string;
  /** A file of the project, or the name of a package. */
  readonly to: string;
  readonly isPackage: boolean;
}

const importing = /(?:\bfrom\s+|\bimport\s*\(\s*|\bimport\s+)'([^']+)'/g;

/** What a file imports, statically or not, types included: a type is a dependency as well. */
export function importsOf(path: string): Import[] {
  return [...readText(path).matchAll(importing)].map(([, target = '']) => {
    const isPackage = !target.startsWith('.');
    const to = isPackage
      ? packageName(target)
      : relative(projectDir, resolve(projectDir, dirname(path), target));
    return { from: path, to: to.replace(/\?.*$/, ''), isPackage };
  });
}

function packageName(target: string): string {
  const parts = target.split('/');
  return target.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? target);
}
