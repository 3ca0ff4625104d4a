import { MapLibreOverlay } from '@deck.gl/maplibre';
import { Map as GroundMap, type MapMouseEvent } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import { wrapLon, type BboxOf } from '../../shared/geo/area.ts';
import {
  hexagonsOf,
  loadHexagonGrid,
  withPriorities,
  type Hexagon,
  type HexagonGrid,
} from '../layers/hexagons.ts';
import { layersOf, type Kept } from '../layers/index.ts';
import { nothingInView, unitsInView, type UnitsInView } from '../layers/in-view.ts';
import { placeLabels, type Box, type PlacedLabel } from '../layers/label-placement.ts';
import { labelWeight } from '../layers/labels.ts';
import { labelWishes, markBoxes, type Unlabelled, type Wording } from '../layers/label-wishes.ts';
import type { Scene } from '../layers/scene.ts';
import { selectedPoint } from '../layers/selection.ts';
import { fontFamily } from '../layers/style.ts';
import { ToolsOverView, type ToolsInput } from '../layers/tools.ts';
import { UnitColumns } from '../layers/unit-columns.ts';
import type { Standing, Wish } from '../store/go-to.svelte.ts';
import type { HexagonCount } from '../store/picture.svelte.ts';
import type { Drawn, Shape } from '../store/drawing.svelte.ts';
import type { MapPoint, ThingRef } from '../store/selection.svelte.ts';
import { groundStyle, prepareMapLibre, type Ground } from './basemap.ts';
import { panInto, type Margins } from './camera.ts';
import { goAlong } from './go-along.ts';
import { MapLooks, type Ways } from './map-looks.ts';
import { makeMeasure } from './measure.ts';
import { nextStepMs, reckonedMs, type Motion } from './motion.ts';
import { hexagonOf, pickOrder, pickRadiusPx, thingOf } from './picking.ts';

/** What the view adds to what the page gives. */
type OfView =
  | 'labels'
  | 'laid'
  | 'icons'
  | 'symbols'
  | 'trails'
  | 'zoom'
  | 'pulse'
  | 'unitData'
  | 'baseMs'
  | 'inView'
  | 'reckonMs'
  | 'hexagons';

/** What the page gives for one drawing; the units in it are drawn as they are when it is drawn. */
export type SceneInput = Omit<Scene, OfView> & {
  /** Counted cells in place of single units. */
  readonly cells: readonly HexagonCount[] | undefined;
  readonly wording: Wording;
  readonly tools: ToolsInput;
  /** Whether units are drawn as APP-6 symbols. */
  readonly app6: boolean;
  readonly ways: Ways;
  /** Parts of the map that panels cover; labels keep away from them. */
  readonly covered: readonly Box[];
  /** Whether something pulses now. */
  readonly pulses: boolean;
  /** How units under way are drawn between their fixes. */
  readonly motion: Motion;
};

export { askPack } from './basemap.ts';

export interface MapHandlers {
  readonly picked: (thing: ThingRef | undefined, point: MapPoint) => void;
  readonly pointed: (point: MapPoint | undefined) => void;
  readonly moved: () => void;
  /** A person dragged the map. */
  readonly dragged: () => void;
  /** The map shows this part of the world now. */
  readonly looked: (bbox: BboxOf, zoom: number) => void;
}
export interface MapOptions {
  readonly ground: Ground;
  readonly bounds: BboxOf | undefined;
  /** Whether a person drives the map; a wall's map drives itself. */
  readonly interactive: boolean;
  /** Server time in ms, at any moment. */
  readonly serverNow: () => number;
}

/** Steps of the pulse in a second: smooth enough for the eye, light enough for a wall computer. */
const pulseStepMs = 50;
/** Labels are placed anew no sooner than this after the last time, and so seldom that it takes a tenth of the time. */
const placeEveryMs = 200;
const placeShare = 10;

/** The map on the page: ground, overlay, camera and picking. Draws at most once a frame, and only what changed. */
export class MapView {
  readonly #map: GroundMap;
  readonly #overlay = new MapLibreOverlay({ layers: [] });
  readonly #looks = new MapLooks(() => this.#scheduleAll());
  readonly #measure = makeMeasure();
  readonly #kept: Kept = new Map();
  #input: SceneInput | undefined;
  #labels: readonly PlacedLabel[] = [];
  #labelsKey = '';
  /** Whether the picture or the camera changed since labels were last placed; the pulse alone changes neither. */
  #labelsDue = true;
  #placeNotBefore = 0;
  readonly #serverNow: () => number;
  readonly #columns = new UnitColumns();
  readonly #tools = new ToolsOverView();
  #inView: UnitsInView = nothingInView;
  #reckonMs: number;
  #cells: readonly HexagonCount[] | undefined;
  #hexagons: readonly Hexagon[] = [];
  #rated: readonly unknown[] = [];
  #grid: HexagonGrid | undefined;
  #frame = 0;
  #pulseTimer: ReturnType<typeof setInterval> | undefined;
  /** When something moves or waits by itself, without a change of the picture. */
  #nextTimer: ReturnType<typeof setTimeout> | undefined;
  #ready = false;

  constructor(container: HTMLElement, options: MapOptions, handlers: MapHandlers) {
    prepareMapLibre();
    this.#serverNow = options.serverNow;
    this.#reckonMs = options.serverNow();
    const [west, south, east, north] = options.bounds ?? [-30, -30, 40, 40];
    this.#map = new GroundMap({
      container,
      style: groundStyle(options.ground),
      bounds: [west, south, east < west ? east + 360 : east, north],
      fitBoundsOptions: { padding: 40 },
      attributionControl: false,
      dragRotate: false,
      touchPitch: false,
      pitchWithRotate: false,
      rollEnabled: false,
      maxPitch: 0,
      maxZoom: 17,
      interactive: options.interactive,
      fadeDuration: 120,
    });
    this.#map.touchZoomRotate.disableRotation();
    this.#map.keyboard.disableRotation();
    this.#listen(handlers);
    void this.#start();
  }

  /** Shows a new scene at the next frame. */
  show(input: SceneInput): void {
    this.#input = input;
    this.#setPulse(input.pulses && !document.hidden);
    if (input.cells !== this.#cells) this.#count(input.cells);
    this.#scheduleAll();
  }

  /** Draws the units of the scene as they are now, at the next frame. */
  unitsChanged(): void {
    this.#scheduleAll();
  }

  /** Puts another ground under the same picture: another language, other names. */
  setGround(ground: Ground): void {
    this.#map.setStyle(groundStyle(ground), { diff: true });
  }

  zoomBy(step: number): void {
    this.#map.easeTo({ zoom: this.#map.getZoom() + step, duration: 160 });
  }

  fit([west, south, east, north]: BboxOf, margins: Margins, animate = true): void {
    const bounds: [number, number, number, number] = [west, south, east < west ? east + 360 : east, north];
    this.#map.fitBounds(bounds, { padding: margins, maxZoom: 12, duration: animate ? 200 : 0 });
  }

  /** Shows a point in the middle at a zoom, at once. */
  goTo({ lon, lat }: MapPoint, zoom: number): void {
    this.#map.jumpTo({ center: [lon, lat], zoom });
  }

  /** Goes to where somebody wants it: gliding to a thing, so that the eye can follow; at once back to a view. */
  travel({ lon, lat, zoom, isBesideCard }: Wish, { left, right, top, bottom }: Margins): void {
    const nearest = 11;
    this.#map.easeTo({
      center: [lon, lat],
      zoom: zoom ?? Math.max(this.#map.getZoom(), nearest),
      offset: isBesideCard ? [(left - right) / 2, (top - bottom) / 2] : [0, 0],
      duration: isBesideCard ? 350 : 0,
    });
  }

  get standing(): Standing {
    const { lng, lat } = this.#map.getCenter().wrap();
    return { lon: lng, lat, zoom: this.#map.getZoom() };
  }

  /** Moves the map as little as needed so that a thing is seen beside the panels. */
  keepInView(thing: ThingRef, margins: Margins): void {
    const at = this.#input && selectedPoint({ ...this.#input, selected: thing }, this.#reckonMs);
    if (!at) return;
    const { clientWidth: width, clientHeight: height } = this.#map.getContainer();
    const [x, y] = this.#project(at.lon, at.lat);
    const by = panInto({ x, y }, { width, height }, margins);
    if (by) this.#map.panBy([...by], { duration: 180 });
  }

  /** Keeps units well inside the free part of the map. */
  goAlong(ids: readonly string[], margins: Margins): void {
    const input = this.#input;
    if (!input) return;
    const { clientWidth: width, clientHeight: height } = this.#map.getContainer();
    const points = ids.flatMap(
      (id) => selectedPoint({ ...input, selected: { kind: 'unit', id } }, this.#reckonMs) ?? [],
    );
    goAlong(points, margins, {
      width,
      height,
      project: (lon, lat) => this.#project(lon, lat),
      panBy: (by) => this.#map.panBy([...by], { duration: 400 }),
      fit: (box) => this.fit(box, margins),
    });
  }

  get metresPerPx(): number {
    const lat = this.#map.getCenter().lat;
    return (40_075_016.7 * Math.cos((lat * Math.PI) / 180)) / (512 * 2 ** this.#map.getZoom());
  }

  setCursor(cursor: string): void {
    this.#map.getCanvas().style.cursor = cursor;
  }

  /** Lets a person draw a shape; answers how to put the pencil away. The pencil is loaded when it is first taken. */
  draw(shape: Shape, ink: `#${string}`, finished: (drawn: Drawn) => void): () => void {
    let isOver = false;
    let putAway = () => {
      isOver = true;
    };
    void import('./drawing.ts').then(({ startDrawing }) => {
      if (!isOver && this.#ready) putAway = startDrawing(this.#map, shape, ink, finished);
    });
    return () => putAway();
  }

  destroy(): void {
    this.#ready = false;
    this.#rest();
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#map.remove();
  }

  async #start(): Promise<void> {
    const fonts = Object.values(labelWeight).map((weight) =>
      document.fonts.load(`${weight} 16px "${fontFamily}"`),
    );
    // A layer of text made before its font is there keeps the wrong letters; a font that never comes is no reason to wait.
    await Promise.allSettled([...fonts, this.#map.once('load')]);
    this.#map.addControl(this.#overlay);
    this.#ready = true;
    this.#schedule();
  }

  #listen({ picked, pointed, moved, dragged, looked }: MapHandlers): void {
    const pointOf = (event: MapMouseEvent): MapPoint => {
      const { lng, lat } = event.lngLat.wrap();
      return { lon: lng, lat };
    };
    this.#map.on('click', (event) => {
      const thing = this.#pick(event.point);
      picked(thing, pointOf(event));
      if (!thing) this.#openHexagon(event.point);
    });
    this.#map.on('mousemove', (event) => pointed(pointOf(event)));
    this.#map.on('mouseout', () => pointed(undefined));
    this.#map.on('dragstart', dragged);
    this.#map.on('move', () => {
      this.#scheduleAll();
      moved();
      this.#tellLook(looked);
    });
    this.#map.on('resize', () => {
      this.#scheduleAll();
      this.#tellLook(looked);
    });
    this.#map.once('load', () => this.#tellLook(looked));
    document.addEventListener('visibilitychange', this.#onVisibility);
  }

  #tellLook(looked: MapHandlers['looked']): void {
    const bounds = this.#map.getBounds();
    const [west, south, east, north] = [
      bounds.getWest(),
      bounds.getSouth(),
      bounds.getEast(),
      bounds.getNorth(),
    ];
    const [bottom, top] = [Math.max(-90, south), Math.min(90, north)];
    const isWorld = east - west >= 360;
    looked(
      isWorld ? [-180, bottom, 180, top] : [wrapLon(west), bottom, wrapLon(east), top],
      this.#map.getZoom(),
    );
  }

  #pick({ x, y }: { x: number; y: number }): ThingRef | undefined {
    if (!this.#ready || !this.#input) return undefined;
    for (const layerIds of pickOrder) {
      const info = this.#overlay.pickObject({ x, y, radius: pickRadiusPx, layerIds: [...layerIds] });
      const thing = thingOf(info, this.#input.units);
      if (thing) return thing;
    }
    return undefined;
  }

  /** A click on counted units goes to where they stand singly. */
  #openHexagon({ x, y }: { x: number; y: number }): void {
    if (!this.#ready || this.#hexagons.length === 0) return;
    const hexagon = hexagonOf(this.#overlay.pickObject({ x, y, layerIds: ['hexagons'] }), this.#hexagons);
    if (!hexagon) return;
    const lats = hexagon.ring.map(([, lat]) => lat);
    const lons = hexagon.ring.map(([lon]) => lon);
    const corners: [number, number, number, number] = [
      Math.min(...lons),
      Math.min(...lats),
      Math.max(...lons),
      Math.max(...lats),
    ];
    this.#map.fitBounds(corners, { padding: 24, duration: 200 });
  }

  /** Makes shapes of counted cells; the library that knows the cells is loaded when the first of them come. */
  #count(cells: readonly HexagonCount[] | undefined): void {
    this.#cells = cells;
    if (!cells || cells.length === 0) this.#hexagons = [];
    else if (this.#grid) this.#hexagons = hexagonsOf(cells, this.#grid);
    else void this.#loadGrid();
  }

  /** The cells with the highest open priority in each; the same list while alerts and cells are the same. */
  #ratedHexagons(alerts: SceneInput['alerts']): readonly Hexagon[] {
    if (this.#hexagons.length === 0 || !this.#grid) return this.#hexagons;
    const of = [this.#cells, alerts.map(({ alert }) => `${alert.id} ${alert.changedAt}`).join()];
    if (of.some((one, index) => one !== this.#rated[index])) {
      this.#hexagons = withPriorities(this.#hexagons, alerts, this.#grid);
      this.#rated = of;
    }
    return this.#hexagons;
  }

  async #loadGrid(): Promise<void> {
    this.#grid = await loadHexagonGrid();
    this.#count(this.#cells);
    this.#scheduleAll();
  }

  /** Behind another tab nothing is drawn; on return one drawing shows everything as it is then. */
  readonly #onVisibility = (): void => {
    if (document.hidden) return this.#rest();
    this.#setPulse(this.#input?.pulses ?? false);
    this.#placeNotBefore = 0;
    this.#scheduleAll();
  };

  #rest(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#setPulse(false);
    clearTimeout(this.#nextTimer);
    this.#nextTimer = undefined;
  }

  #setPulse(on: boolean): void {
    if (on === (this.#pulseTimer !== undefined)) return;
    clearInterval(this.#pulseTimer);
    this.#pulseTimer = on ? setInterval(() => this.#schedule(), pulseStepMs) : undefined;
  }

  #scheduleAll(): void {
    this.#labelsDue = true;
    this.#schedule();
  }

  #schedule(): void {
    if (this.#frame !== 0 || document.hidden) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  #draw(): void {
    if (!this.#ready || !this.#input) return;
    const { wording, covered, pulses, motion, tools, app6, ways, cells: _, ...input } = this.#input;
    const nowMs = this.#serverNow();
    const icons = this.#looks.icons(input.theme);
    const symbols = this.#looks.symbols(input.theme, app6);
    const unitData = this.#columns.sync(input.units, icons, nowMs, symbols);
    const placing = this.#labelsDue && performance.now() >= this.#placeNotBefore;
    if (placing) this.#inView = unitsInView(input.units, this.#bounds(), nowMs);
    this.#reckonMs = reckonedMs(motion, nowMs, this.#reckonMs, this.#inView.movesUntilMs);
    const scene = {
      ...input,
      unitData,
      baseMs: this.#columns.baseMs,
      inView: this.#inView,
      reckonMs: this.#reckonMs,
      hexagons: this.#ratedHexagons(input.alerts),
      trails: this.#looks.trails(input.units, ways, input.theme, nowMs),
      laid: this.#tools.over(tools, {
        bounds: this.#bounds(),
        zoom: this.#map.getZoom(),
        metresPerPx: this.metresPerPx,
      }),
      icons,
      symbols,
      zoom: Math.round(this.#map.getZoom() * 2) / 2,
      pulse: pulses ? (performance.now() % 1_000) / 1_000 : undefined,
    };
    if (placing) this.#place(scene, wording, covered);
    this.#overlay.setProps({ layers: layersOf({ ...scene, labels: this.#labels }, this.#kept) });
    this.#drawAgain(motion, nowMs);
  }

  /** Plans the next drawing that comes without a change: units glide on, or labels wait for their turn. */
  #drawAgain(motion: Motion, nowMs: number): void {
    clearTimeout(this.#nextTimer);
    const stepMs = nextStepMs(motion, nowMs, this.#inView.fastestMps, this.metresPerPx);
    const labelsMs = this.#labelsDue ? this.#placeNotBefore - performance.now() : Infinity;
    const waitMs = Math.min(stepMs, Math.max(0, labelsMs));
    this.#nextTimer = Number.isFinite(waitMs) ? setTimeout(() => this.#schedule(), waitMs) : undefined;
  }

  #bounds(): BboxOf {
    const bounds = this.#map.getBounds();
    return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  }

  /** Pixels of a position on the copy of the world that is nearest to the middle of the map. */
  #project(lon: number, lat: number): readonly [number, number] {
    const turns = Math.round((this.#map.getCenter().lng - lon) / 360);
    const { x, y } = this.#map.project([lon + 360 * turns, lat]);
    return [x, y];
  }

  /** Finds room for the labels; where the outcome is the same as before, the list is kept and nothing is redrawn. */
  #place(scene: Unlabelled, wording: Wording, covered: readonly Box[]): void {
    const startedAt = performance.now();
    this.#labelsDue = false;
    const project = (lon: number, lat: number) => this.#project(lon, lat);
    const { clientWidth: width, clientHeight: height } = this.#map.getContainer();
    const taken = [...markBoxes(scene, project), ...covered];
    const labels = placeLabels(labelWishes(scene, wording), {
      project,
      measure: this.#measure,
      width,
      height,
      taken,
    });
    const key = labels.map(labelKey).join('|');
    const endedAt = performance.now();
    this.#placeNotBefore = endedAt + Math.max(placeEveryMs, placeShare * (endedAt - startedAt));
    if (key === this.#labelsKey) return;
    this.#labelsKey = key;
    this.#labels = labels;
  }
}

/** A label that moves with its unit is the same label as long as the unit goes on as before. */
function labelKey({ id, lon, lat, anchor, dx, dy, size, parts }: PlacedLabel): string {
  const at = anchor ? `${anchor.lon} ${anchor.lat} ${anchor.motion.join()}` : `${lon} ${lat}`;
  return `${id} ${at} ${Math.round(dx)} ${Math.round(dy)} ${size} ${parts.map(({ text }) => text).join(' ')}`;
}
