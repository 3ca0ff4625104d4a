import type { AlertReport } from '../model/alert.ts';

type Precision = NonNullable<AlertReport['precision']>;

/** Whoever is so near to an alert is at its place, metres: a place that is known less well is wider. Our own figures. */
const reachM: Readonly<Record<Precision, number>> = {
  exact: 500,
  village: 1_500,
  area: 5_000,
  unknown: 5_000,
};

/** How far from its position the place of an alert reaches, metres. */
export function sceneRadiusM({
  precision,
  radiusM,
}: {
  readonly precision?: Precision | null | undefined;
  readonly radiusM?: number | null | undefined;
}): number {
  return Math.max(reachM[precision ?? 'exact'], radiusM ?? 0);
}
