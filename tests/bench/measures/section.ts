import type { Row } from '../table.ts';

/** How much time a run may take. */
export interface Extent {
  readonly isQuick: boolean;
  /** Folder with the replay tracks; without it the figures that need them are left out. */
  readonly tracksDir?: string;
}

/** One part of the whole table; `npm run bench -- --only=NAME` runs it alone. */
export interface Section {
  readonly name: string;
  readonly title: string;
  /** What is promised about it, where something is. */
  readonly goal?: string;
  run(extent: Extent): Promise<Row[]>;
}
