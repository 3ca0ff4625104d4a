import { createContext } from 'svelte';
import type { SessionInfo } from '../net/session.ts';
import type { Actions } from './actions.ts';
import type { AddressParts } from './address-parts.svelte.ts';
import type { Commands } from './commands.svelte.ts';
import type { Following } from './following.svelte.ts';
import type { Connection } from './connection.svelte.ts';
import type { GoTo } from './go-to.svelte.ts';
import type { Lists } from './lists.svelte.ts';
import type { Looking } from './looking.ts';
import type { MapTools } from './map-tools.svelte.ts';
import type { Picture } from './picture.svelte.ts';
import type { PreferencesStore } from './preferences.svelte.ts';
import type { Routes } from './routes.svelte.ts';
import type { Selection } from './selection.svelte.ts';
import type { Clock } from './time.svelte.ts';
import type { Tracks } from './tracks.svelte.ts';
import type { Trails } from './trails.ts';

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
  /** What is laid over the map to read it. */
  readonly tools: MapTools;
  readonly preferences: PreferencesStore;
  /** Everything that can be done here by name or by key. */
  readonly commands: Commands;
  /** What the lists show, and which of their rows are marked. */
  readonly lists: Lists;
  /** Where the map stands, and where it is wanted. */
  readonly goTo: GoTo;
  /** What panels keep in the address of the page. */
  readonly addressParts: AddressParts;
  /** Which units the map goes along with. */
  readonly following: Following;
  /** Where units have been: since the page was opened, and as the server kept it. */
  readonly trails: Trails;
  readonly tracks: Tracks;
  /** Ways to an alert that a panel wants to be seen. */
  readonly routes: Routes;
}

const [read, write] = createContext<Desk>();
export const useDesk = read;
export const provideDesk = write;
