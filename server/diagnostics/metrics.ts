import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What the rooms tell the metrics, and the text that Prometheus reads. */
export interface Metrics {
  readonly registry: Registry;
  readonly fixes: Counter<'verdict'>;
  readonly calls: Histogram<'route' | 'status'>;
}

/** Figures that are asked for when they are read. */
export interface LiveFigures {
  viewers(): number;
  deliveries(): number;
  frames(): number;
  frameBytes(): number;
  mended(): number;
  stalls(): number;
  cuts(): number;
  lastTickMs(): number;
  lagMs(): number;
  writable(): boolean;
  leads(): boolean;
  seq(): number;
  units(): number;
  openAlerts(): number;
  passedOver(): number;
}

export function createMetrics(live: LiveFigures): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'nightflash_process_' });
  const gauge = (name: string, help: string, read: () => number): void => {
    const made = new Gauge({
      name: `nightflash_${name}`,
      help,
      registers: [registry],
      collect() {
        made.set(read());
      },
    });
  };
  gauge('viewers', 'subscriptions now', live.viewers);
  gauge('deliveries_total', 'things sent to viewers since the start', live.deliveries);
  gauge('wire_frames_total', 'frames sent on the packed wire', live.frames);
  gauge('wire_bytes_total', 'bytes of those frames', live.frameBytes);
  gauge('wire_mends_total', 'times a viewer could not read something and got it whole', live.mended);
  gauge('viewer_stalls_total', 'times a viewer could not keep up', live.stalls);
  gauge('viewer_cuts_total', 'viewers cut because they took nothing', live.cuts);
  gauge('tick_ms', 'length of the last round of patches, ms', live.lastTickMs);
  gauge('picture_lag_ms', 'age of the last heartbeat in the picture, ms', live.lagMs);
  gauge('record_writable', '1 while entries can be made durable', () => (live.writable() ? 1 : 0));
  gauge('leads', '1 while this server does what is done once for all', () => (live.leads() ? 1 : 0));
  gauge('record_seq', 'last entry folded', live.seq);
  gauge('units', 'units in the picture', live.units);
  gauge('alerts_open', 'open alerts, restricted ones not counted', live.openAlerts);
  gauge('entries_passed_over_total', 'record entries that could not be read', live.passedOver);
  const fixes = new Counter({
    name: 'nightflash_fixes_total',
    help: 'position items by verdict',
    labelNames: ['verdict'] as const,
    registers: [registry],
  });
  const calls = new Histogram({
    name: 'nightflash_http_seconds',
    help: 'HTTP calls by route and status',
    labelNames: ['route', 'status'] as const,
    buckets: [0.001, 0.005, 0.02, 0.05, 0.1, 0.5, 2, 10],
    registers: [registry],
  });
  return { registry, fixes, calls };
}
