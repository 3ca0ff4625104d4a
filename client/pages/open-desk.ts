import { request } from '../net/api.ts';
import { countFetches } from '../net/count-fetches.ts';
import { Follow } from '../net/follow.ts';
import type { SessionInfo } from '../net/session.ts';
import { openSocket } from '../net/socket.ts';
import { Actions } from '../store/actions.ts';
import { AddressParts } from '../store/address-parts.svelte.ts';
import { Commands } from '../store/commands.svelte.ts';
import { Connection } from '../store/connection.svelte.ts';
import type { Desk } from '../store/desk.ts';
import { Following } from '../store/following.svelte.ts';
import { GoTo } from '../store/go-to.svelte.ts';
import { Lists } from '../store/lists.svelte.ts';
import { Looking } from '../store/looking.ts';
import { MapTools } from '../store/map-tools.svelte.ts';
import { Picture } from '../store/picture.svelte.ts';
import { keptPreferences } from '../store/keep-preferences.ts';
import type { PreferencesStore } from '../store/preferences.svelte.ts';
import { Routes } from '../store/routes.svelte.ts';
import { Selection } from '../store/selection.svelte.ts';
import { showPreferences } from '../store/show-preferences.svelte.ts';
import { Clock } from '../store/time.svelte.ts';
import { Tracks } from '../store/tracks.svelte.ts';
import { Trails } from '../store/trails.ts';

const everywhere = [-180, -90, 180, 90] as const;

interface OpenDesk {
  readonly desk: Desk;
  readonly close: () => void;
  /** The way up for this phone's own positions. */
  readonly sendFixes: Follow['sendFixes'];
}

/**
 * Builds the stores of a signed-in page and opens its one link; `close` ends both. With `fixed` the page is as that
 * says, whatever its account wants.
 */
export function openDesk(session: SessionInfo, fixed?: PreferencesStore): OpenDesk {
  const monotonic = () => performance.now();
  const clock = new Clock(monotonic, Date.now());
  const connection = new Connection(clock, monotonic);
  const picture = new Picture(() => clock.exactMs);
  const follow = new Follow({
    open: openSocket,
    picture,
    link: connection,
    nowMs: () => clock.exactMs,
    monotonicMs: monotonic,
  });
  const looking = new Looking((view) => follow.look(view));
  // Until the map says what it shows.
  follow.look({ bbox: [...(session.bounds ?? everywhere)], zoom: 3 });
  const desk: Desk = {
    session,
    picture,
    connection,
    clock,
    selection: new Selection(),
    actions: new Actions(request),
    looking,
    tools: new MapTools(),
    preferences:
      fixed ??
      keptPreferences({
        account: session.account,
        start: session.preferences,
        storage: localStorage,
        send: (part) => request('PUT', '/api/preferences', part),
      }),
    commands: new Commands(),
    lists: new Lists(request),
    goTo: new GoTo(),
    addressParts: new AddressParts(),
    following: new Following(),
    trails: new Trails(),
    tracks: new Tracks(request),
    routes: new Routes(),
  };
  showPreferences(desk.preferences, looking);
  const uncounted = countFetches((bytes) => connection.received(bytes));
  const onVisibility = () => looking.setHidden(document.hidden);
  document.addEventListener('visibilitychange', onVisibility);
  // Ages go on where no map is shown that would judge them.
  const judging = setInterval(() => {
    picture.units.restate(clock.exactMs);
    desk.trails.record(picture.units);
  }, 1_000);
  clock.start();
  connection.start();
  const close = () => {
    uncounted();
    document.removeEventListener('visibilitychange', onVisibility);
    clearInterval(judging);
    follow.close();
    connection.stop();
    clock.stop();
  };
  return { desk, close, sendFixes: (bytes) => follow.sendFixes(bytes) };
}
