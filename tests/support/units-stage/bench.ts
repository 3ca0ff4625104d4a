import { MapLibreOverlay } from '@deck.gl/maplibre';
import { IconLayer } from '@deck.gl/layers';
import { Map as GroundMap } from 'maplibre-gl';
import { unitIcon } from '../../../client/layers/icon-names.ts';
import { makeIconAtlas } from '../../../client/layers/icons.ts';
import { sizes } from '../../../client/layers/style.ts';
import type { Stage } from './stage.ts';

/** Main-thread milliseconds of one update: writing the store, and the JavaScript of the frame that draws it. */
export interface BenchRow {
  readonly writeMs: readonly number[];
  readonly frameMs: readonly number[];
}

const startMs = Date.parse('2026-11-22T12:00:00Z');
const tickMs = 100;
/** Small symbols: without a card the processor paints every pixel, and that is not what is measured. */
const smallScale = 0.15;

const warmUpdates = 10;

/** JavaScript of every callback of a frame since it was last read, ms. */
let inFrames = 0;
const askFrame = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = (run) =>
  askFrame((time) => {
    const from = performance.now();
    run(time);
    inFrames += performance.now() - from;
  });

/** Without a card drawing takes long: a queue of it that is full would hold up the next update. */
function letTheCardFinish(): void {
  for (const canvas of document.querySelectorAll('canvas')) canvas.getContext('webgl2')?.finish();
}

const nextFrame = (): Promise<void> => new Promise((resolve) => askFrame(() => setTimeout(resolve)));

async function updates(count: number, write: (step: number) => void): Promise<BenchRow> {
  const writeMs: number[] = [];
  const frameMs: number[] = [];
  for (let step = 0; step < count; step += 1) {
    const from = performance.now();
    write(step);
    writeMs.push(performance.now() - from);
    inFrames = 0;
    // The drawing is asked for at the write and done in the next frame; the one after shows that nothing is left.
    await nextFrame();
    await nextFrame();
    frameMs.push(inFrames);
    letTheCardFinish();
  }
  return { writeMs, frameMs };
}

/** Where a unit of the fleet is after so many steps: a grid over two degrees, each on its own course. */
function course(unit: number, step: number): number {
  return (unit * 137.5 + step * 3) % 360;
}

function fleet(stage: Stage, count: number): Int32Array {
  stage.units.clear();
  stage.nowMs = startMs;
  stage.units.restate(startMs);
  const rows = new Int32Array(count);
  for (let unit = 0; unit < count; unit += 1) {
    rows[unit] = stage.units.put({
      id: `u${unit}`,
      kind: 'patrol',
      callsign: `LRP ${unit}`,
      reportEveryS: 10,
      staleAfterS: 60,
    });
  }
  move(stage, rows, 0);
  stage.markScale = smallScale;
  stage.goTo(0, 0, 8.5);
  stage.show();
  return rows;
}

function move(stage: Stage, rows: Int32Array, step: number): void {
  const side = Math.ceil(Math.sqrt(rows.length));
  const nowMs = startMs + step * tickMs;
  for (let unit = 0; unit < rows.length; unit += 1) {
    const lon = ((unit % side) / side) * 2 - 1 + step * 1e-5;
    const lat = (Math.floor(unit / side) / side) * 2 - 1;
    stage.units.move(rows[unit] ?? 0, lon, lat, nowMs, course(unit, step), 8 + (unit % 12));
  }
  stage.nowMs = nowMs;
}

/** Runs so many updates. */
export type Bench = (howOften: number) => Promise<BenchRow>;

/** The product: columns written in place, the card told of them, labels and all. */
export async function benchColumns(stage: Stage, count: number): Promise<Bench> {
  const rows = fleet(stage, count);
  let step = 0;
  const write = () => {
    step += 1;
    move(stage, rows, step);
    // What the page does once a second.
    if (step % 10 === 0) {
      stage.units.restate(stage.nowMs);
      stage.show();
    } else stage.unitsChanged();
  };
  await updates(warmUpdates, write);
  return (howOften) => updates(howOften, write);
}

interface Seen {
  readonly lon: number;
  readonly lat: number;
  readonly courseDeg: number;
  readonly speedMps: number;
}

/** What is usually written: an object a unit made anew at each update, and accessors that run over all of them. */
export async function benchAccessors(stage: Stage, count: number): Promise<Bench> {
  stage.units.clear();
  stage.show();
  const box = document.createElement('div');
  box.style.cssText = 'position:absolute;inset:0';
  document.body.append(box);
  const map = new GroundMap({
    container: box,
    style: { version: 8, sources: {}, layers: [] },
    center: [0, 0],
    zoom: 8.5,
    attributionControl: false,
  });
  await map.once('load');
  const overlay = new MapLibreOverlay({ layers: [] });
  map.addControl(overlay);
  const icons = makeIconAtlas();
  const side = Math.ceil(Math.sqrt(count));
  const write = (step: number) => {
    const data = Array.from({ length: count }, (_, unit): Seen => ({
      lon: ((unit % side) / side) * 2 - 1 + step * 1e-5,
      lat: (Math.floor(unit / side) / side) * 2 - 1,
      courseDeg: course(unit, step),
      speedMps: 8 + (unit % 12),
    }));
    const layer = new IconLayer<Seen>({
      id: 'units',
      data,
      iconAtlas: icons.image,
      iconMapping: icons.mapping,
      getPosition: ({ lon, lat }) => [lon, lat],
      getIcon: ({ speedMps }) => unitIcon('fresh', speedMps > 0.8),
      getAngle: ({ courseDeg }) => -courseDeg,
      getSize: sizes.unit * smallScale,
      pickable: true,
    });
    askOnce(() => overlay.setProps({ layers: [layer] }));
  };
  await updates(warmUpdates, write);
  return (howOften) => updates(howOften, write);
}

function askOnce(run: () => void): void {
  requestAnimationFrame(run);
}

/** Keeps a fleet moving at ten updates a second; answers the updates made. */
export async function driveFor(stage: Stage, count: number, seconds: number): Promise<number> {
  const rows = fleet(stage, count);
  const endAt = performance.now() + seconds * 1000;
  let step = 0;
  while (performance.now() < endAt) {
    const began = performance.now();
    step += 1;
    move(stage, rows, step);
    // Units come and go as well, or a leak of rows would not be seen.
    const one = step % count;
    stage.units.remove(rows[one] ?? 0);
    rows[one] = stage.units.put({
      id: `u${one}-${step}`,
      kind: 'patrol',
      callsign: `LRP ${one}`,
      reportEveryS: 10,
      staleAfterS: 60,
    });
    if (step % 10 === 0) {
      stage.units.restate(stage.nowMs);
      stage.show();
    } else stage.unitsChanged();
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, tickMs - (performance.now() - began))));
  }
  return step;
}
