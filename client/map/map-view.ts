import { MapLibreOverlay } from '@deck.gl/maplibre';
import { Map as GroundMap, type MapMouseEvent } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import type { BboxOf } from '../../shared/geo/area.ts';
import { layersOf, type Kept } from '../layers/index.ts';
import { nothingInView, unitsInView, type UnitsInView } from '../layers/in-view.ts';
import type { Box } from '../layers/label-placement.ts';
import type { Wording } from '../layers/label-wishes.ts';
import { labelWeight } from '../layers/labels.ts';
import type { Scene } from '../layers/scene.ts';
import { selectedPoint } from '../layers/selection.ts';
import { fontFamily } from '../layers/style.ts';
import { ToolsOverView, type ToolsInput } from '../layers/tools.ts';
import { UnitColumns } from '../layers/unit-columns.ts';
import type { HexagonCount } from '../store/picture.svelte.ts';
import type { Drawn, Shape } from '../store/drawing.svelte.ts';
import type { MapPoint, ThingRef } from '../store/selection.svelte.ts';
import { groundStyle, prepareMapLibre, type Ground } from './basemap.ts';
import type { Margins } from './camera.ts';
import { CountedHexagons } from './counted-hexagons.ts';
import { Frames } from './frames.ts';
import type { GroundCare } from './ground-care.ts';
import { watchGround } from './ground-watch.ts';
import { MapCamera } from './map-camera.ts';
import { MapLooks, type Ways } from './map-looks.ts';
import { nextStepMs, reckonedMs, type Motion } from './motion.ts';
import { hexagonOf, pickOrder, pickRadiusPx, thingOf } from './picking.ts';
import { PlacedLabels } from './placed-labels.ts';

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
  /** Parts of the ground cannot be fetched, or all of them have come. */
  readonly groundMissing: (isMissing: boolean) => void;
  /** The graphics card has lost all of it, or its worker never came: nothing will be drawn here again. */
  readonly lost: () => void;
}
export interface MapOptions {
  readonly ground: Ground;
  readonly bounds: BboxOf | undefined;
  /** Whether a person drives the map; a wall's map drives itself. */
  readonly interactive: boolean;
  /** Server time in ms, at any moment. */
  readonly serverNow: () => number;
}

/** The map on the page: what is drawn of a scene, and what a click on it means. `camera` says where it looks. */
export class MapView {
  readonly #map: GroundMap;
  readonly #overlay = new MapLibreOverlay({ layers: [] });
  readonly #looks = new MapLooks(() => this.#askAnew());
  readonly #hexagons = new CountedHexagons(() => this.#askAnew());
  readonly #labels = new PlacedLabels();
  readonly #frames = new Frames(() => this.#draw());
  readonly camera: MapCamera;
  readonly #container: HTMLElement;
  readonly #lost: () => void;
  readonly #care: GroundCare;
  readonly #kept: Kept = new Map();
  #input: SceneInput | undefined;
  readonly #serverNow: () => number;
  readonly #columns = new UnitColumns();
  readonly #tools = new ToolsOverView();
  #inView: UnitsInView = nothingInView;
  #reckonMs: number;
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
    this.camera = new MapCamera(this.#map);
    this.#care = watchGround(this.#map, handlers.groundMissing, handlers.lost);
    this.#container = container;
    this.#lost = handlers.lost;
    // Of the canvas of the ground or of that of the picture: on its way down the event passes here.
    container.addEventListener('webglcontextlost', this.#lost, { capture: true });
    this.#map.touchZoomRotate.disableRotation();
    this.#map.keyboard.disableRotation();
    this.#listen(handlers);
    void this.#start();
  }

  /** Shows a new scene at the next frame. */
  show(input: SceneInput): void {
    this.#input = input;
    this.#frames.setPulse(input.pulses && !document.hidden);
    this.#hexagons.count(input.cells);
    this.#askAnew();
  }

  /** Draws the units of the scene as they are now, at the next frame. */
  unitsChanged(): void {
    this.#askAnew();
  }

  /** Puts another ground under the same picture: another language, other names. */
  setGround(ground: Ground): void {
    this.#map.setStyle(groundStyle(ground), { diff: true });
  }

  /** Fetches at once what could not be fetched of the ground. */
  fetchGroundAgain(): void {
    this.#care.again();
  }

  /** Moves the map as little as needed so that a thing is seen beside the panels. */
  keepInView(thing: ThingRef, margins: Margins): void {
    const at = this.#pointOf(thing);
    if (at) this.camera.keepInView(at, margins);
  }

  /** Keeps units well inside the free part of the map. */
  goAlong(ids: readonly string[], margins: Margins): void {
    const points = ids.flatMap((id) => this.#pointOf({ kind: 'unit', id }) ?? []);
    if (this.#input) this.camera.goAlong(points, margins);
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
    // What is taken down gives its memory back by losing it.
    this.#container.removeEventListener('webglcontextlost', this.#lost, { capture: true });
    this.#care.stop();
    this.#frames.rest();
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
    this.#frames.ask();
  }

  #listen({ picked, pointed, moved, dragged, looked }: MapHandlers): void {
    const tellLook = (): void => looked(this.camera.worldBox, this.camera.zoom);
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
      this.#askAnew();
      moved();
      tellLook();
    });
    this.#map.on('resize', () => {
      this.#askAnew();
      tellLook();
    });
    this.#map.once('load', tellLook);
    document.addEventListener('visibilitychange', this.#onVisibility);
  }

  /** Where a thing is drawn now. */
  #pointOf(thing: ThingRef): MapPoint | undefined {
    return this.#input && selectedPoint({ ...this.#input, selected: thing }, this.#reckonMs);
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
    const { all } = this.#hexagons;
    if (!this.#ready || all.length === 0) return;
    const hexagon = hexagonOf(this.#overlay.pickObject({ x, y, layerIds: ['hexagons'] }), all);
    if (hexagon) this.camera.fitRing(hexagon.ring);
  }

  /** Behind another tab nothing is drawn; on return one drawing shows everything as it is then. */
  readonly #onVisibility = (): void => {
    if (document.hidden) return this.#frames.rest();
    this.#frames.setPulse(this.#input?.pulses ?? false);
    this.#labels.dueAtOnce();
    this.#frames.ask();
  };

  /** Draws at the next frame, and places labels anew; the pulse alone moves none of them. */
  #askAnew(): void {
    this.#labels.changed();
    this.#frames.ask();
  }

  #draw(): void {
    if (!this.#ready || !this.#input) return;
    const { wording, covered, pulses, motion, tools, app6, ways, cells: _, ...input } = this.#input;
    const nowMs = this.#serverNow();
    const icons = this.#looks.icons(input.theme);
    const symbols = this.#looks.symbols(input.theme, app6);
    const unitData = this.#columns.sync(input.units, icons, nowMs, symbols);
    const placing = this.#labels.areDue;
    const { bounds, zoom, metresPerPx } = this.camera;
    if (placing) this.#inView = unitsInView(input.units, bounds, nowMs);
    this.#reckonMs = reckonedMs(motion, nowMs, this.#reckonMs, this.#inView.movesUntilMs);
    const scene = {
      ...input,
      unitData,
      baseMs: this.#columns.baseMs,
      inView: this.#inView,
      reckonMs: this.#reckonMs,
      hexagons: this.#hexagons.rated(input.alerts),
      trails: this.#looks.trails(input.units, ways, input.theme, nowMs),
      laid: this.#tools.over(tools, { bounds, zoom, metresPerPx }),
      icons,
      symbols,
      zoom: Math.round(zoom * 2) / 2,
      pulse: pulses ? (performance.now() % 1_000) / 1_000 : undefined,
    };
    if (placing)
      this.#labels.place(scene, wording, covered, { project: this.camera.project, ...this.camera.size });
    this.#overlay.setProps({ layers: layersOf({ ...scene, labels: this.#labels.now }, this.#kept) });
    // The next drawing that comes without a change: units glide on, or labels wait for their turn.
    const stepMs = nextStepMs(motion, nowMs, this.#inView.fastestMps, metresPerPx);
    this.#frames.askIn(Math.min(stepMs, this.#labels.waitMs));
  }
}
