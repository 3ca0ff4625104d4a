import { MapLibreOverlay } from '@deck.gl/maplibre';
import { Map as GroundMap, type MapMouseEvent } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import type { BboxOf } from '../../shared/geo/area.ts';
import { makeIconAtlas, type IconAtlas } from '../layers/icons.ts';
import { layersOf, type Kept } from '../layers/index.ts';
import { placeLabels, type Box, type PlacedLabel } from '../layers/label-placement.ts';
import { labelWeight } from '../layers/labels.ts';
import { labelWishes, markBoxes, type Wording } from '../layers/label-wishes.ts';
import type { Scene } from '../layers/scene.ts';
import { selectedPoint } from '../layers/selection.ts';
import { fontFamily } from '../layers/style.ts';
import type { MapPoint, ThingRef } from '../store/selection.svelte.ts';
import { groundStyle, prepareMapLibre, type Ground } from './basemap.ts';
import { panInto, type Margins } from './camera.ts';
import { makeMeasure } from './measure.ts';
import { pickOrder, pickRadiusPx, thingOf } from './picking.ts';

/** What the page gives for one drawing; the view adds labels, icons, zoom and pulse. */
export type SceneInput = Omit<Scene, 'labels' | 'icons' | 'zoom' | 'pulse'> & {
  readonly wording: Wording;
  /** Parts of the map that panels cover; labels keep away from them. */
  readonly covered: readonly Box[];
  /** Whether something pulses now. */
  readonly pulses: boolean;
};

export interface MapHandlers {
  readonly picked: (thing: ThingRef | undefined, point: MapPoint) => void;
  readonly pointed: (point: MapPoint | undefined) => void;
  readonly moved: () => void;
}
export interface MapOptions {
  readonly ground: Ground;
  readonly bounds: BboxOf | undefined;
  /** Whether a person drives the map; a wall's map drives itself. */
  readonly interactive: boolean;
}

/** Steps of the pulse in a second: smooth enough for the eye, light enough for a wall computer. */
const pulseStepMs = 50;

/** The map on the page: ground, overlay, camera and picking. Draws at most once a frame, and only what changed. */
export class MapView {
  readonly #map: GroundMap;
  readonly #overlay = new MapLibreOverlay({ layers: [] });
  readonly #icons: IconAtlas = makeIconAtlas();
  readonly #measure = makeMeasure();
  readonly #kept: Kept = new Map();
  #input: SceneInput | undefined;
  #labels: readonly PlacedLabel[] = [];
  #labelsKey = '';
  /** Whether the picture or the camera changed since labels were last placed; the pulse alone changes neither. */
  #labelsDue = true;
  #frame = 0;
  #pulseTimer: ReturnType<typeof setInterval> | undefined;
  #ready = false;

  constructor(container: HTMLElement, options: MapOptions, handlers: MapHandlers) {
    prepareMapLibre();
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
    this.#setPulse(input.pulses);
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

  /** Moves the map as little as needed so that a thing is seen beside the panels. */
  keepInView(thing: ThingRef, margins: Margins): void {
    const at = this.#input && selectedPoint({ ...this.#input, selected: thing });
    if (!at) return;
    const { clientWidth: width, clientHeight: height } = this.#map.getContainer();
    const by = panInto(this.#map.project([at.lon, at.lat]), { width, height }, margins);
    if (by) this.#map.panBy([...by], { duration: 180 });
  }

  get metresPerPx(): number {
    const lat = this.#map.getCenter().lat;
    return (40_075_016.7 * Math.cos((lat * Math.PI) / 180)) / (512 * 2 ** this.#map.getZoom());
  }

  setCursor(cursor: string): void {
    this.#map.getCanvas().style.cursor = cursor;
  }

  destroy(): void {
    this.#ready = false;
    cancelAnimationFrame(this.#frame);
    clearInterval(this.#pulseTimer);
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

  #listen({ picked, pointed, moved }: MapHandlers): void {
    const pointOf = (event: MapMouseEvent): MapPoint => {
      const { lng, lat } = event.lngLat.wrap();
      return { lon: lng, lat };
    };
    this.#map.on('click', (event) => picked(this.#pick(event.point), pointOf(event)));
    this.#map.on('mousemove', (event) => pointed(pointOf(event)));
    this.#map.on('mouseout', () => pointed(undefined));
    this.#map.on('move', () => {
      this.#scheduleAll();
      moved();
    });
    this.#map.on('resize', () => this.#scheduleAll());
  }

  #pick({ x, y }: { x: number; y: number }): ThingRef | undefined {
    if (!this.#ready || !this.#input) return undefined;
    for (const layerIds of pickOrder) {
      const info = this.#overlay.pickObject({ x, y, radius: pickRadiusPx, layerIds: [...layerIds] });
      const thing = thingOf(info, this.#input.positions);
      if (thing) return thing;
    }
    return undefined;
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
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  #draw(): void {
    if (!this.#ready || !this.#input) return;
    const { wording, covered, pulses, ...input } = this.#input;
    const zoom = Math.round(this.#map.getZoom() * 2) / 2;
    const pulse = pulses ? (performance.now() % 1_000) / 1_000 : undefined;
    const scene = { ...input, icons: this.#icons, zoom, pulse };
    if (this.#labelsDue) this.#place(scene, wording, covered);
    this.#overlay.setProps({ layers: layersOf({ ...scene, labels: this.#labels }, this.#kept) });
  }

  /** Finds room for the labels; where the outcome is the same as before, the list is kept and nothing is redrawn. */
  #place(scene: Omit<Scene, 'labels'>, wording: Wording, covered: readonly Box[]): void {
    this.#labelsDue = false;
    const project = (lon: number, lat: number): readonly [number, number] => {
      const { x, y } = this.#map.project([lon, lat]);
      return [x, y];
    };
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
    if (key === this.#labelsKey) return;
    this.#labelsKey = key;
    this.#labels = labels;
  }
}

function labelKey({ id, lon, lat, dx, dy, size, parts }: PlacedLabel): string {
  return `${id} ${lon} ${lat} ${Math.round(dx)} ${Math.round(dy)} ${size} ${parts.map(({ text }) => text).join(' ')}`;
}
