import { setTimeout as sleep } from 'node:timers/promises';
import { cpuSecondsOf, rssMbOf } from '../processes.ts';
import { percentile } from '../table.ts';
import { openFeed, fixesAtOnce, type Feed } from './feed.ts';
import { farAway, Fleet, inView } from './fleet.ts';
import type { Answer, Load, Measured, Order } from './orders.ts';
import { Viewers } from './viewers.ts';

/** Feeder and viewers of one peer: a process of its own, so that the clock is one and the server's core its own. */
const feedEveryMs = 20;
const settleMs = 2_000;

let viewers: Viewers | undefined;
let feed: Feed | undefined;
let fleet: Fleet | undefined;
let serverPid = 0;

process.on('message', (order: Order) => {
  void obey(order).then(
    (measured) => reply({ ok: true, ...(measured ? { measured } : {}) }),
    (reason: unknown) => reply({ ok: false, why: String(reason) }),
  );
});
process.once('disconnect', () => process.exit(0));

function reply(answer: Answer): void {
  process.send?.(answer);
}

async function obey(order: Order): Promise<Measured | undefined> {
  if (order.do === 'open') {
    serverPid = order.pid;
    viewers = new Viewers(order.address);
    feed = await openFeed(order.address);
    await viewers.bringTo(order.viewers);
  } else if (order.do === 'viewers') await viewers?.bringTo(order.viewers);
  else return measure(order.load);
  return undefined;
}

async function measure({ units, unitsInView, warmS, measureS }: Load): Promise<Measured> {
  if (!viewers || !feed) throw new Error('nothing is open');
  const groundOf =
    unitsInView === undefined ? undefined : (unit: number) => (unit < unitsInView ? inView : farAway);
  if (fleet?.count !== units) fleet = new Fleet(units, groundOf);
  viewers.begin(fleet);
  const feeding = keepFeeding(feed, fleet);
  await sleep(warmS * 1_000);
  viewers.begin(fleet);
  const begunMs = performance.now();
  const [serverBefore, loadBefore] = [cpuSecondsOf(serverPid), cpuSecondsOf(process.pid)];
  await sleep(measureS * 1_000);
  const serverCpuS = cpuSecondsOf(serverPid) - serverBefore;
  const seconds = (performance.now() - begunMs) / 1_000;
  const loadShare = (cpuSecondsOf(process.pid) - loadBefore) / seconds;
  const { agesMs, ...seen } = viewers.seen();
  feeding.stop();
  const waiting = feed.waiting();
  return {
    units,
    viewers: viewers.count,
    seconds,
    serverCpuS,
    rssMb: rssMbOf(serverPid),
    ...seen,
    p50Ms: percentile(agesMs, 0.5),
    p99Ms: percentile(agesMs, 0.99),
    missing: await missingAfterSettling(viewers, fleet, unitsInView ?? units),
    lostViewers: viewers.lost,
    waiting,
    loadShare,
    loadLateMs: feeding.latestMs(),
    refusals: feed.refusals().slice(0, 3),
  };
}

/** Sends every unit once a second, evenly, in messages of what has come within some 20 ms. */
function keepFeeding(into: Feed, units: Fleet): { stop(): void; latestMs(): number } {
  const begunMs = performance.now();
  let sent = 0;
  let [lastMs, latestMs] = [begunMs, 0];
  const timer = setInterval(() => {
    const ranMs = performance.now();
    latestMs = Math.max(latestMs, ranMs - lastMs - feedEveryMs);
    lastMs = ranMs;
    const due = Math.floor(((performance.now() - begunMs) / 1_000) * units.count);
    while (sent < due) {
      const first = sent % units.count;
      const count = Math.min(due - sent, units.count - first, fixesAtOnce);
      const nowMs = Date.now();
      for (let unit = first; unit < first + count; unit++) units.goOn(unit, nowMs);
      into.send(units, first, count, nowMs);
      sent += count;
    }
  }, feedEveryMs);
  return { stop: () => clearInterval(timer), latestMs: () => latestMs };
}

async function missingAfterSettling(of: Viewers, units: Fleet, expected: number): Promise<number> {
  const until = performance.now() + settleMs;
  for (;;) {
    const missing = of.missing(units, expected);
    if (missing === 0 || performance.now() > until) return missing;
    await sleep(100);
  }
}
