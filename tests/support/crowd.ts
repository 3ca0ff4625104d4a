import { createInterface } from 'node:readline';
import { io } from 'socket.io-client';
import type { LinkSink } from '../../client/net/follow.ts';
import {
  applyPatch,
  applyPicture,
  emptyPicture,
  keepOnly,
  type PictureOut,
} from '../../shared/picture/picture.ts';
import type { SubscribeAnswer } from '../../shared/wire/live.ts';
import { get, otherDifferences, unitDifferences } from './failure-check.ts';
import { packed, type Followed } from './failure-viewer.ts';

/**
 * A crowd of viewers in a process of its own: `crowd.ts URL TOKEN COUNT stock|packed`. Each follows the picture and
 * comes back as the client does. Told `see UNIT` on stdin it answers `SEEN UNIT TIME` when every viewer is connected
 * and holds that unit; told `gone`, `OFF` when none is connected; told `compare`, how many hold exactly the server's
 * picture.
 */
const [url = '', token = '', count = '', wire = ''] = process.argv.slice(2);

type OneOfMany = Pick<Followed, 'connected' | 'unit' | 'differences'>;

function openStock(): OneOfMany {
  const held = emptyPicture();
  const socket = io(url, {
    path: '/socket.io',
    transports: ['websocket'],
    reconnectionDelay: 200,
    reconnectionDelayMax: 1_000,
    timeout: 5_000,
    forceNew: true,
    auth: { token },
  });
  socket.on('connect', () => {
    const since = held.cursor === '' ? {} : { since: held.cursor };
    socket.emit('subscribe', since, (answer: SubscribeAnswer) => {
      if ('picture' in answer) applyPicture(held, answer.picture);
      if ('ids' in answer) {
        applyPatch(held, answer.patch);
        keepOnly(held, answer.ids);
      }
    });
  });
  socket.on('connect_error', () => {
    if (!socket.active) setTimeout(() => socket.connect(), 1_000);
  });
  socket.on('patch', (patch: Parameters<typeof applyPatch>[1]) => applyPatch(held, patch));
  return {
    connected: () => socket.connected,
    unit(id) {
      const unit = held.units.get(id);
      return unit && { lon: unit.lon ?? 0, liveMs: 0, reportEveryS: 0, staleAfterS: 0 };
    },
    differences: (picture) => [...unitDifferences(held, picture), ...otherDifferences(held, picture)],
  };
}

const nobody = (): void => undefined;
const unwatched: LinkSink = {
  received: nobody,
  connected: nobody,
  disconnected: nobody,
  attempt: nobody,
  serverTime: nobody,
  heartbeat: nobody,
  status: nobody,
  refused: nobody,
  wallCalled: nobody,
};

const each = Array.from({ length: Number(count) });
const crowd: readonly OneOfMany[] =
  wire === 'packed'
    ? await Promise.all(each.map(() => packed.open({ url, token, link: unwatched, nowMs: Date.now })))
    : each.map(openStock);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

function sayWhen(condition: () => boolean, line: () => string): void {
  const looking = setInterval(() => {
    if (!condition()) return;
    clearInterval(looking);
    say(line());
  }, 10);
}

async function compare(): Promise<void> {
  const picture = await get<PictureOut>(`${url}/api/picture`, token);
  const equal = crowd.filter((one) => one.differences(picture).length === 0);
  say(`EQUAL ${equal.length}`);
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const [what, unit = ''] = line.split(' ');
  if (what === 'gone')
    sayWhen(
      () => crowd.every((one) => !one.connected()),
      () => 'OFF',
    );
  if (what === 'see')
    sayWhen(
      () => crowd.every((one) => one.connected() && one.unit(unit)),
      () => `SEEN ${unit} ${performance.timeOrigin + performance.now()}`,
    );
  if (what === 'compare') void compare();
});
