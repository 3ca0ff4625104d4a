import '@fontsource-variable/inter/wght.css';
import { MapView, type SceneInput } from '../../../client/map/map-view.ts';
import type { Motion } from '../../../client/map/motion.ts';
import { Trails } from '../../../client/store/trails.ts';
import { Units } from '../../../client/store/units.ts';
import type { UnitOut } from '../../../shared/model/unit.ts';
import { benchAccessors, benchColumns, driveFor, type Bench, type BenchRow } from './bench.ts';

/** A map without ground, and the product's own store and layers on it; what time it is there is said by the test. */
export class Stage {
  readonly units = new Units();
  nowMs = 0;
  motion: Motion = 'glide';
  markScale = 1;
  /** Arrows and dots, or APP-6 symbols. */
  app6 = false;
  readonly #trails = new Trails();
  selected: SceneInput['selected'];
  cells: SceneInput['cells'];
  readonly #view: MapView;
  #bench: Bench | undefined;

  constructor(ground: HTMLElement) {
    this.#view = new MapView(
      ground,
      {
        ground: {
          theme: 'dark',
          facts: [],
          packs: [],
          language: 'en',
          places: false,
          names: false,
          sectors: false,
        },
        bounds: [-1, -1, 1, 1],
        interactive: false,
        serverNow: () => this.nowMs,
      },
      {
        picked: () => undefined,
        pointed: () => undefined,
        moved: () => undefined,
        dragged: () => undefined,
        looked: () => undefined,
        groundMissing: () => undefined,
        lost: () => undefined,
      },
    );
  }

  /** Units as JSON tells them; what stood before is gone. */
  set(units: readonly UnitOut[], nowMs: number): void {
    this.units.clear();
    this.nowMs = nowMs;
    this.units.restate(nowMs);
    for (const unit of units) this.units.apply(unit);
    this.show();
  }

  at(nowMs: number): void {
    this.nowMs = nowMs;
    this.units.restate(nowMs);
    this.show();
  }

  remove(id: string): void {
    const row = this.units.rowOf(id);
    if (row !== undefined) this.units.remove(row);
    this.#view.unitsChanged();
  }

  goTo(lon: number, lat: number, zoom: number): void {
    this.#view.camera.goTo({ lon, lat }, zoom);
  }

  show(): void {
    this.#view.show({
      units: this.units,
      cells: this.cells,
      alerts: [],
      threats: [],
      places: [],
      silentVillages: new Set(),
      sectors: [],
      mine: [],
      selected: this.selected,
      point: undefined,
      scale: 1,
      markScale: this.markScale,
      nowMs: this.nowMs,
      wording: {
        language: 'en',
        nameOfAlert: () => undefined,
        kindOfThreat: String,
        oldUnits: (count) => `${count} old`,
        within: String,
      },
      tools: { way: [], rings: undefined, grid: 'none', words: { distance: String, leg: () => '' } },
      theme: 'dark',
      app6: this.app6,
      ways: { trails: this.#trails, past: new Map(), minutes: 0 },
      track: undefined,
      routes: [],
      followed: [],
      covered: [],
      pulses: false,
      motion: this.motion,
    });
  }

  unitsChanged(): void {
    this.#view.unitsChanged();
  }

  /** Fills the map and warms up; then `runBench` measures. */
  async prepareBench(way: 'columns' | 'accessors', count: number): Promise<void> {
    this.#bench = await (way === 'columns' ? benchColumns : benchAccessors)(this, count);
  }

  async runBench(updates: number): Promise<BenchRow> {
    if (!this.#bench) throw new Error('prepare the bench first');
    return this.#bench(updates);
  }

  driveFor(count: number, seconds: number): Promise<number> {
    return driveFor(this, count, seconds);
  }
}

const ground = document.getElementById('ground');
if (ground) Object.assign(window, { stage: new Stage(ground) });
