import { request } from '../net/api.ts';
import { Follow } from '../net/follow.ts';
import type { SessionInfo } from '../net/session.ts';
import { openSocket } from '../net/socket.ts';
import { Actions } from '../store/actions.ts';
import { Commands } from '../store/commands.svelte.ts';
import { Connection } from '../store/connection.svelte.ts';
import type { Desk } from '../store/desk.ts';
import { Looking } from '../store/looking.ts';
import { Picture } from '../store/picture.svelte.ts';
import { PreferencesStore } from '../store/preferences.svelte.ts';
import { Selection } from '../store/selection.svelte.ts';
import { Clock } from '../store/time.svelte.ts';

const everywhere = [-180, -90, 180, 90] as const;

interface OpenDesk {
  readonly desk: Desk;
  readonly close: () => void;
  /** The way up for this phone's own positions. */
  readonly sendFixes: Follow['sendFixes'];
}

/** Builds the stores of a signed-in page and opens its one link; `close` ends both. */
export function openDesk(session: SessionInfo): OpenDesk {
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
    preferences: new PreferencesStore(session.preferences, () => undefined),
    commands: new Commands(),
  };
  const onVisibility = () => looking.setHidden(document.hidden);
  document.addEventListener('visibilitychange', onVisibility);
  // Ages go on where no map is shown that would judge them.
  const judging = setInterval(() => picture.units.restate(clock.exactMs), 1_000);
  clock.start();
  connection.start();
  const close = () => {
    document.removeEventListener('visibilitychange', onVisibility);
    clearInterval(judging);
    follow.close();
    connection.stop();
    clock.stop();
  };
  return { desk, close, sendFixes: (bytes) => follow.sendFixes(bytes) };
}
