import type { Layer } from '@deck.gl/core';
import { IconLayer, ScatterplotLayer } from '@deck.gl/layers';
import type { AlertOut } from '../../shared/model/alert.ts';
import { isUnacknowledgedP1, type QueueRow } from '../store/queue.ts';
import { isOpen } from '../../shared/model/alert-steps.ts';
import { priorities } from '../../shared/model/alert-lists.ts';
import { ringFrames, ringIcon } from './icon-names.ts';
import { isPlaced, type Placed, type Scene } from './scene.ts';
import { paletteOf, sizes, withAlpha, type Palette, type Rgba } from './style.ts';

/** One icon of the stack that makes an alert's mark: plate, ring, priority shape. */
export interface AlertIcon {
  readonly alert: Placed<AlertOut>;
  readonly icon: string;
  readonly size: number;
  readonly colour: Rgba;
}

/** The share of the running target that is used, 1 when over; undefined where nothing with a target runs. */
export function usedShare({ leftS, elapsedS }: QueueRow): number | undefined {
  if (leftS === undefined) return undefined;
  return leftS <= 0 ? 1 : elapsedS / (elapsedS + leftS);
}

/** The icons of all alerts, lowest priority first so that a P1 lies on top; closed ones small and bare. */
export function alertIcons(
  rows: readonly QueueRow[],
  markScale: number,
  palette: Palette = paletteOf('dark'),
): AlertIcon[] {
  const rank = (row: QueueRow) => (!isOpen(row.alert.state) ? 9 : priorities.indexOf(row.alert.priority));
  return [...rows].sort((a, b) => rank(b) - rank(a)).flatMap((row) => iconsOf(row, markScale, palette));
}

function iconsOf(row: QueueRow, markScale: number, palette: Palette): AlertIcon[] {
  const { alert } = row;
  if (!isPlaced(alert)) return [];
  const colour = palette[alert.priority];
  if (!isOpen(alert.state)) {
    return [
      { alert, icon: alert.priority, size: sizes.alertClosed * markScale, colour: withAlpha(colour, 120) },
    ];
  }
  const size = sizes.alert[alert.priority] * markScale;
  const plain = palette.selected;
  const share = usedShare(row);
  const ring = share === undefined ? [] : [{ alert, icon: ringIcon(share), size, colour }];
  return [
    { alert, icon: 'plate', size, colour: plain },
    ...ring,
    { alert, icon: alert.priority, size, colour: plain },
  ];
}

/** What of an alert's ring is to be seen, so that the marks are made anew only when one ring steps on. */
export function ringSteps(rows: readonly QueueRow[]): string {
  return rows.map((row) => Math.round((usedShare(row) ?? -1) * ringFrames)).join();
}

export function alertLayers({ alerts, icons, markScale, theme }: Scene): Layer[] {
  return [
    new IconLayer<AlertIcon>({
      id: 'alerts',
      data: alertIcons(alerts, markScale, paletteOf(theme)),
      iconAtlas: icons.image,
      iconMapping: icons.mapping,
      getPosition: ({ alert }) => [alert.lon, alert.lat],
      getIcon: ({ icon }) => icon,
      getSize: ({ size }) => size,
      getColor: ({ colour }) => [...colour],
      pickable: true,
    }),
  ];
}

/** The area an alert may be in, where its position is lowered or not exact: a circle of that size. */
export function alertAreaLayers({ alerts, theme }: Scene): Layer[] {
  const palette = paletteOf(theme);
  const wide = alerts
    .map(({ alert }) => alert)
    .filter(isPlaced)
    .filter((alert) => (alert.radiusM ?? 0) > 0);
  return [
    new ScatterplotLayer<Placed<AlertOut>>({
      id: 'alert-areas',
      data: wide.filter(({ state }) => isOpen(state)),
      getPosition: (alert) => [alert.lon, alert.lat],
      getRadius: (alert) => alert.radiusM ?? 0,
      radiusUnits: 'meters',
      getFillColor: (alert) => [...withAlpha(palette[alert.priority], 22)],
      getLineColor: (alert) => [...withAlpha(palette[alert.priority], 130)],
      stroked: true,
      lineWidthUnits: 'pixels',
      getLineWidth: 1.25,
    }),
  ];
}

/**
 * The one thing that moves: a ring that leaves each P1 nobody has acknowledged, once a second. The layer stays while
 * none does: each that is made anew leaves a vertex array behind (luma.gl does not give back those of its models).
 */
export function pulseLayers({ alerts, markScale, pulse, theme }: Scene): Layer[] {
  const waiting = alerts
    .map(({ alert }) => alert)
    .filter((alert) => pulse !== undefined && isUnacknowledgedP1(alert))
    .filter(isPlaced);
  const gone = pulse ?? 0;
  return [
    new ScatterplotLayer<Placed<AlertOut>>({
      id: 'alert-pulse',
      data: waiting,
      getPosition: (alert) => [alert.lon, alert.lat],
      getRadius: 1,
      radiusUnits: 'pixels',
      radiusScale: (22 + 22 * gone) * markScale,
      filled: false,
      stroked: true,
      getLineColor: [...paletteOf(theme).P1],
      lineWidthUnits: 'pixels',
      getLineWidth: 2.5 * markScale,
      opacity: 1 - gone,
    }),
  ];
}
