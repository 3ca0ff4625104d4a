import { createContext } from 'svelte';
import type { SessionInfo } from '../net/session.ts';
import type { Actions } from './actions.ts';
import type { Commands } from './commands.svelte.ts';
import type { Connection } from './connection.svelte.ts';
import type { Looking } from './looking.ts';
import type { Picture } from './picture.svelte.ts';
import type { PreferencesStore } from './preferences.svelte.ts';
import type { Selection } from './selection.svelte.ts';
import type { Clock } from './time.svelte.ts';

/** Everything a signed-in page stands on; made once a page in pages/open-desk.ts, read by every panel. */
export interface Desk {
  readonly session: SessionInfo;
  readonly picture: Picture;
  readonly connection: Connection;
  readonly clock: Clock;
  readonly selection: Selection;
  readonly actions: Actions;
  /** What this page looks at, for the server to know what to send. */
  readonly looking: Looking;
  readonly preferences: PreferencesStore;
  /** Everything that can be done here by name or by key. */
  readonly commands: Commands;
}

const [read, write] = createContext<Desk>();
export const useDesk = read;
export const provideDesk = write;
