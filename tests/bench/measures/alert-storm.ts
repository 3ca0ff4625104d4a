import { loadedPeer } from '../load/load.ts';
import { ours } from '../peers/ours.ts';
import { percentile, type Row } from '../table.ts';
import { keptAlerts, sendAlerts, trials } from './alerts.ts';
import type { Section } from './section.ts';

const everyMs = 300;
const units = 10_000;
const viewers = 30;

/** 200 alerts a minute beside 10,000 fixes a second: the night on which everything happens at once. */
export const alertStormSection: Section = {
  name: 'alert-storm',
  title:
    '200 alerts a minute beside 10,000 fixes a second, every tenth sent twice; STORM_MINUTES says for how long',
  goal: 'answered durable p99 at most 60 ms, on every console 150 ms, none lost, none twice',
  async run({ isQuick }) {
    const minutes = Number(process.env['STORM_MINUTES'] ?? (isQuick ? 0.5 : 10));
    const count = Math.round((minutes * 60_000) / everyMs);
    const rows: Row[] = [];
    for (const kind of ['embedded always', 'redis always'] as const) {
      const loaded = await loadedPeer(ours(kind), viewers);
      try {
        await loaded.bringUnitsIn({ units });
        await loaded.warmUp({ units });
        const load = loaded.turn({
          units,
          warmS: 2 + (trials * everyMs) / 1_000,
          // Longer than the alerts take: the server stands still when its turn is over.
          measureS: (count * everyMs) / 1_000 + 10,
        });
        load.catch(() => undefined);
        const { address } = loaded.running;
        await new Promise((resolve) => setTimeout(resolve, 2_000));
        const { answeredMs, seenMs } = await sendAlerts(address, { count, everyMs, again: true });
        const kept = await keptAlerts(address);
        const { p99Ms } = await load;
        rows.push({
          record: kind,
          alerts: count,
          'answered p50 ms': percentile(answeredMs, 0.5).toFixed(0),
          'answered p99 ms': percentile(answeredMs, 0.99).toFixed(0),
          'on every console p50 ms': percentile(seenMs, 0.5).toFixed(0),
          'on every console p99 ms': percentile(seenMs, 0.99).toFixed(0),
          'worst ms': `${Math.max(...answeredMs).toFixed(0)}, ${Math.max(...seenMs).toFixed(0)}`,
          lost: count - kept.sent,
          twice: kept.all - kept.sent - trials,
          'fixes p99 ms': p99Ms.toFixed(0),
        });
      } finally {
        await loaded.stop();
      }
    }
    return rows;
  },
};
