/** The smallest value that so many per cent of the values do not exceed (nearest rank); null of none. */
export function percentile(values: readonly number[], percent: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length));
  const value = sorted[rank - 1];
  return value === undefined ? null : Math.round(value * 10) / 10;
}

/** A share of a whole, 0 to 1 in thousandths; null of nothing. */
export function rateOf(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 1_000) / 1_000;
}
