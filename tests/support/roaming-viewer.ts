import { onTestFinished } from 'vitest';
import {
  applyPatch,
  applyPicture,
  emptyPicture,
  keepOnly,
  type PictureOut,
} from '../../shared/picture/picture.ts';
import { openSocket } from './viewer.ts';
import { differences, wireViewer } from './wire-viewer.ts';

/** A viewer that goes from server to server, by whichever door, and keeps account of it. */
export interface RoamingViewer {
  /** What it holds otherwise than a picture says; empty when it holds the same. */
  differences(picture: PictureOut): string[];
  /** Pictures begun anew, the first one included, and pictures gone on with from a cursor. */
  readonly begun: { fresh: number; resumed: number };
  /** How long it followed nothing each time, from the loss of the link to the next answer, ms. */
  readonly gapsMs: readonly number[];
  /** Times it was told that the server stops. */
  readonly goodbyes: number;
  readonly following: boolean;
}

export type OpenRoaming = (url: string, token: string) => RoamingViewer;

class Account {
  readonly begun = { fresh: 0, resumed: 0 };
  readonly gapsMs: number[] = [];
  goodbyes = 0;
  following = false;
  #lostMs: number | undefined;

  lost(): void {
    this.following = false;
    this.#lostMs ??= performance.now();
  }

  found(how: 'fresh' | 'resumed'): void {
    this.begun[how]++;
    this.following = true;
    if (this.#lostMs !== undefined) this.gapsMs.push(performance.now() - this.#lostMs);
    this.#lostMs = undefined;
  }
}

/** Over the door for other programs, by the rules of PROTOCOL.md. */
export const roamingStockViewer: OpenRoaming = (url, token) => {
  const account = new Account();
  const socket = openSocket(url, { token });
  const held = emptyPicture();
  socket.on('connect', () => {
    socket.emit('subscribe', held.cursor === '' ? {} : { since: held.cursor }, (answer) => {
      if ('error' in answer) return;
      if ('picture' in answer) applyPicture(held, answer.picture);
      else {
        applyPatch(held, answer.patch);
        keepOnly(held, answer.ids);
      }
      account.found('picture' in answer ? 'fresh' : 'resumed');
    });
  });
  socket.on('patch', (patch) => applyPatch(held, patch));
  socket.on('goodbye', () => account.goodbyes++);
  socket.on('disconnect', () => account.lost());
  const differencesFrom = (picture: PictureOut): string[] => [
    ...idsApart(held.alerts, picture.alerts),
    ...idsApart(held.units, picture.units),
    ...picture.units
      .filter(({ id, lon, lat, time }) => {
        const unit = held.units.get(id);
        return unit?.lon !== lon || unit.lat !== lat || unit.time !== time;
      })
      .map(({ id }) => `${id} stands elsewhere`),
  ];
  return Object.assign(account, { differences: differencesFrom });
};

/** Over our own door, as our pages follow. */
export const roamingWireViewer: OpenRoaming = (url, token) => {
  const account = new Account();
  const viewer = wireViewer(url, { token });
  onTestFinished(() => viewer.close());
  let read = 0;
  viewer.onLink = (what) => {
    if (what === 'disconnected') account.lost();
    for (; read < viewer.news.length; read++) {
      const { begin } = viewer.news[read] ?? {};
      if (begin) account.found(begin.fresh ? 'fresh' : 'resumed');
    }
    account.goodbyes = viewer.refusals.filter((code) => code === 'shutting-down').length;
  };
  return Object.assign(account, {
    differences: (picture: PictureOut) => [
      ...idsApart(viewer.held.alerts, picture.alerts),
      ...differences(viewer.held.units, picture),
    ],
  });
};

function idsApart(
  held: ReadonlyMap<string, unknown>,
  wanted: ReadonlyArray<{ readonly id: string }>,
): string[] {
  const ids = new Set(wanted.map(({ id }) => id));
  return [
    ...[...ids].filter((id) => !held.has(id)).map((id) => `${id} is missing`),
    ...[...held.keys()].filter((id) => !ids.has(id)).map((id) => `${id} is too much`),
  ];
}
