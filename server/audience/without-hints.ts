import type { AlertOut } from '../../shared/model/alert.ts';
import type { Reading } from '../../shared/model/reading.ts';
import { withoutContactHints } from './lowered.ts';

/** Fields that hold a time: digits that lead to nobody. */
const times: readonly string[] = ['occurredAt', 'until'];

/** Everything but what could lead to a source: numbers, addresses, links in any text people typed. */
export function withoutHints(alert: AlertOut): AlertOut {
  const strip = (value: unknown): unknown => {
    if (typeof value === 'string') return withoutContactHints(value);
    if (Array.isArray(value)) return value.map(strip);
    if (typeof value !== 'object' || value === null) return value;
    const fields = Object.entries(value).map(([name, field]) => [
      name,
      name === 'bearings' ? [] : times.includes(name) ? field : strip(field),
    ]);
    return Object.fromEntries(fields);
  };
  const texts: Partial<AlertOut> = {
    ...(alert.text === undefined ? {} : { text: withoutContactHints(alert.text) }),
    ...(alert.placeName === undefined ? {} : { placeName: withoutContactHints(alert.placeName) }),
    ...(alert.reason === undefined ? {} : { reason: withoutContactHints(alert.reason) }),
    // Where a bell was heard from leads to who heard it.
    ...(alert.reading === undefined ? {} : { reading: strip(alert.reading) as Reading }), // same shape, texts stripped
    ...(alert.signal === undefined ? {} : { signal: { ...alert.signal, bearings: [] } }),
  };
  return {
    ...alert,
    ...texts,
    tasks: alert.tasks.map((task) => ({
      ...task,
      ...(task.order === undefined ? {} : { order: withoutContactHints(task.order) }),
      ...(task.reason === undefined ? {} : { reason: withoutContactHints(task.reason) }),
    })),
    history: (alert.history ?? []).map((event) => ({
      ...event,
      ...(event.detail ? { detail: strip(event.detail) as Record<string, unknown> } : {}), // same shape, texts stripped
    })),
  };
}
