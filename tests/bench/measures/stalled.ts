import { connectCrowd } from '../load/crowd.ts';
import { openFeed } from '../load/feed.ts';
import { Fleet } from '../load/fleet.ts';
import { rssMbOf } from '../processes.ts';
import { benchServer } from '../servers.ts';
import type { Section } from './section.ts';

const units = 5_000;
const stalled = 500;
const others = 20;
const sendEveryMs = 50;

/** What viewers cost that stop taking: nothing is kept for them, and nobody else waits. */
export const stalledSection: Section = {
  name: 'stalled',
  title: `${stalled} viewers of ${units} units a second that stop taking what they are sent`,
  goal: 'bounded memory; the others unaffected',
  async run({ isQuick }) {
    const seconds = isQuick ? 15 : 90;
    const server = await benchServer('embedded always');
    const port = Number(new URL(server.url).port);
    const crowds = [stalled, others].map(() => connectCrowd({ port, token: server.watch }));
    const [stopping, going] = crowds;
    const feed = await openFeed({ dialect: 'wire', port, feedToken: server.feed, watchToken: server.watch });
    const fleet = new Fleet(units);
    const send = (first: number, count: number): void => {
      const nowMs = Date.now();
      for (let unit = first; unit < first + count; unit++) fleet.goOn(unit, nowMs);
      feed.send(fleet, first, count, nowMs);
    };
    send(0, units);
    let first = 0;
    const step = Math.round((units * sendEveryMs) / 1_000);
    const sending = setInterval(() => {
      send(first, step);
      first = (first + step) % (units - step + 1);
    }, sendEveryMs);
    try {
      await stopping?.bringTo(stalled);
      await going?.bringTo(others);
      await pass(3);
      const before = rssMbOf(server.pid);
      const messagesBefore = await messagesIn(going, 3);
      stopping?.pause();
      let most = before;
      for (let second = 0; second < seconds; second++) {
        await pass(1);
        most = Math.max(most, rssMbOf(server.pid));
      }
      const messagesAfter = await messagesIn(going, 3);
      const metrics = await (await fetch(`${server.url}/metrics`)).text();
      const figure = (name: string): string =>
        new RegExp(`nightflash_${name} (\\d+)`).exec(metrics)?.[1] ?? '';
      return [
        {
          'seconds stalled': seconds,
          'RSS before MB': before.toFixed(0),
          'RSS at most MB': most.toFixed(0),
          'kB per stalled viewer': (((most - before) * 1_000) / stalled).toFixed(1),
          stalls: figure('viewer_stalls_total'),
          cut: figure('viewer_cuts_total'),
          'frames/s of another, before': messagesBefore.toFixed(1),
          'while they stall': messagesAfter.toFixed(1),
        },
      ];
    } finally {
      clearInterval(sending);
      feed.close();
      for (const crowd of crowds) crowd.close();
      await server.stop();
    }
  },
};

const pass = (seconds: number): Promise<void> => new Promise((done) => setTimeout(done, seconds * 1_000));

/** Messages a second that one viewer of the crowd gets. */
async function messagesIn(
  crowd: ReturnType<typeof connectCrowd> | undefined,
  seconds: number,
): Promise<number> {
  const before = crowd?.messages() ?? 0;
  await pass(seconds);
  return ((crowd?.messages() ?? 0) - before) / others / seconds;
}
