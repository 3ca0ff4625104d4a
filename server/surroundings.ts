import type { Logger } from './diagnostics/logger.ts';
import type { Mission } from './mission/mission.ts';

/** What a server is given besides its settings; tests give their own. */
export interface Surroundings {
  readonly nowMs: () => number;
  /** Folder of the built client, and of the map packs that ship. */
  readonly clientDir: string;
  readonly tilesDir: string;
  readonly builtPacks: readonly string[];
  readonly version: string;
  /** Says which pages `clientDir` holds; another build is another text. */
  readonly build?: string;
  readonly mission?: Mission;
  readonly log?: Logger;
  readonly recheckEveryMs?: number;
  /** How often viewers of the packed wire are pinged; only tests are in a hurry. */
  readonly pingEveryMs?: number;
}
