import { cleanup, render } from '@testing-library/svelte';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import type { Component } from 'svelte';
import { onTestFinished } from 'vitest';
import { preferencesSchema } from '../../../shared/model/preferences.ts';
import type { Role } from '../../../shared/role.ts';
import type { Answer, CallFailure } from '../../../client/net/api.ts';
import { Actions } from '../../../client/store/actions.ts';
import { AddressParts } from '../../../client/store/address-parts.svelte.ts';
import { Commands } from '../../../client/store/commands.svelte.ts';
import { Connection } from '../../../client/store/connection.svelte.ts';
import type { Desk } from '../../../client/store/desk.ts';
import { Following } from '../../../client/store/following.svelte.ts';
import { GoTo } from '../../../client/store/go-to.svelte.ts';
import { Lists } from '../../../client/store/lists.svelte.ts';
import { Looking } from '../../../client/store/looking.ts';
import { MapTools } from '../../../client/store/map-tools.svelte.ts';
import { Picture } from '../../../client/store/picture.svelte.ts';
import { PreferencesStore } from '../../../client/store/preferences.svelte.ts';
import { Routes } from '../../../client/store/routes.svelte.ts';
import { Selection } from '../../../client/store/selection.svelte.ts';
import { Clock } from '../../../client/store/time.svelte.ts';
import { Tracks } from '../../../client/store/tracks.svelte.ts';
import { Trails } from '../../../client/store/trails.ts';
import { atMs } from '../things.ts';
import OnDesk from './OnDesk.svelte';

/** A call that a panel made. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

export interface FakeDesk {
  readonly desk: Desk;
  /** Every call so far, oldest first. */
  readonly asked: readonly Asked[];
  /** Lets so many milliseconds pass on every clock of the page. */
  pass(ms: number): void;
  /** Answers the oldest call that waits. */
  answer(value: unknown): Promise<void>;
  refuse(error: CallFailure): Promise<void>;
}

/** The stores of a page as they are, on a clock and a server that the test holds in its hands. */
export function fakeDesk(role: Role = 'watch'): FakeDesk {
  let monotonicMs = 0;
  const asked: Asked[] = [];
  const waiting: ((answer: Answer<never>) => void)[] = [];
  const request = <T>(method: string, path: string, body?: unknown): Promise<Answer<T>> =>
    new Promise<Answer<T>>((resolve) => {
      asked.push({ method, path, body });
      waiting.push(resolve);
    });
  const clock = new Clock(() => monotonicMs, atMs);
  const picture = new Picture(() => clock.exactMs);
  picture.replace({ patrols: [], alerts: [], threats: [], places: [], removed: [] });
  const desk: Desk = {
    session: {
      account: 'a',
      role,
      name: 'The watch',
      units: [],
      sectors: [],
      mode: 'exercise',
      mission: { name: 'Test', timezoneLetters: ['Z'], languages: ['en'], sectors: [] },
      preferences: preferencesSchema.parse({}),
    },
    picture,
    connection: new Connection(clock, () => monotonicMs),
    clock,
    selection: new Selection(),
    actions: new Actions(request),
    looking: new Looking(() => undefined),
    tools: new MapTools(),
    preferences: new PreferencesStore(preferencesSchema.parse({}), () => undefined),
    commands: new Commands(),
    lists: new Lists(request),
    goTo: new GoTo(),
    addressParts: new AddressParts(),
    following: new Following(),
    trails: new Trails(),
    tracks: new Tracks(request),
    routes: new Routes(),
  };
  const settle = async (answer: Answer<never>): Promise<void> => {
    const resolve = waiting.shift();
    if (!resolve) throw new Error('no call waits for an answer');
    resolve(answer);
    // What follows an answer follows within this turn of the loop.
    await new Promise((done) => setImmediate(done));
  };
  return {
    desk,
    asked,
    pass(ms) {
      monotonicMs += ms;
      clock.sample(clock.exactMs, true);
      clock.nowMs = clock.exactMs;
      desk.connection.judge();
    },
    answer: (value) => settle({ ok: true, value: value as never }),
    refuse: (error) => settle({ ok: false, error }),
  };
}

/** Mounts a panel on a desk until the test ends; `change` gives it other properties, as a patch would. */
export function mount<Given extends Record<string, unknown>>(
  { desk }: FakeDesk,
  panel: Component<Given>,
  given: Given,
): { readonly user: UserEvent; readonly change: (given: Given) => Promise<void> } {
  onTestFinished(cleanup);
  const { rerender } = render(OnDesk, {
    desk,
    panel: panel as Component<Record<string, unknown>>,
    given,
  });
  return { user: userEvent.setup(), change: (next) => rerender({ given: next }) };
}
