import { geometryBbox, geometryCentre } from '../../shared/geo/area.ts';
import type { PlaceOut } from '../../shared/model/place.ts';
import type { ThreatOut } from '../../shared/model/threat.ts';
import { ageText, clockText, hhmm } from '../../shared/messages/format.ts';
import { gradeText } from '../store/naming.ts';
import { unitStates } from '../../shared/model/unit-lists.ts';
import type { QueueRow } from '../store/queue.ts';
import { isOpen } from '../../shared/model/alert-steps.ts';
import { priorities } from '../../shared/model/alert-lists.ts';
import { countText } from './hexagons.ts';
import { mostKeptClear, mostNamed } from './in-view.ts';
import type { Box, LabelPart, LabelWish } from './label-placement.ts';
import { isMarked, isNamed, placeRank } from './places.ts';
import { motionOf, still } from './reckoning.ts';
import { isPlaced, type Scene } from './scene.ts';
import { drawnSectors } from './sectors.ts';
import { reachOf } from './reach.ts';
import { paletteOf, sizes } from './style.ts';
import { holds } from './threats.ts';
import { crumbsOf } from './trails.ts';

/** Everything a label's text needs beyond the scene. */
export interface Wording {
  readonly language: string;
  readonly nameOfAlert: (row: QueueRow) => string | undefined;
  readonly kindOfThreat: (kind: string) => string;
  /** Words for so many units that are stale or lost. */
  readonly oldUnits: (count: string) => string;
  /** Words for how far a lost unit can have come; `isBeyond` where it can be further. */
  readonly within: (metres: number, isBeyond: boolean) => string;
}
export type Unlabelled = Omit<Scene, 'labels'>;

/** All labels that would like to stand on the map, of every kind. */
export function labelWishes(scene: Unlabelled, wording: Wording): LabelWish[] {
  return [
    ...alertWishes(scene, wording),
    ...unitWishes(scene, wording),
    ...hexagonWishes(scene, wording),
    ...crumbWishes(scene),
    ...threatWishes(scene, wording),
    ...placeWishes(scene),
    ...sectorWishes(scene),
  ];
}

const strong = (text: string, colour: LabelPart['colour']): LabelPart => ({ text, strong: true, colour });
const plain = (text: string, colour: LabelPart['colour']): LabelPart => ({ text, strong: false, colour });

function alertWishes(scene: Unlabelled, { nameOfAlert }: Wording): LabelWish[] {
  const colours = paletteOf(scene.theme);
  return scene.alerts.flatMap((row) => {
    const { alert, leftS } = row;
    const name = nameOfAlert(row);
    if (!isPlaced(alert) || !isOpen(alert.state) || name === undefined) return [];
    const over = leftS !== undefined && leftS < 0 ? [plain(clockText(leftS), colours.P1)] : [];
    const priority = 900 - 10 * priorities.indexOf(alert.priority);
    const clear = sizes.clearAlert * scene.markScale;
    const size = sizes.text.alert * scene.scale;
    return [wish(scene, 'alert', alert, [strong(name, colours.text), ...over], size, clear, priority)];
  });
}

/** Rows of the units that would like a name: all in view, or where they are too many the selected one and old ones. */
function rowsToName({ units, inView, selected }: Unlabelled): readonly number[] {
  if (inView.count <= mostNamed) return inView.rows;
  const row = selected?.kind === 'unit' ? units.rowOf(selected.id) : undefined;
  return row === undefined || inView.oldRows.includes(row) ? inView.oldRows : [row, ...inView.oldRows];
}

/** What a unit's label says of age: nothing while fresh, the age when ageing, in amber when it cannot be relied on. */
function unitWishes(scene: Unlabelled, { language, within }: Wording): LabelWish[] {
  const { units, nowMs, scale } = scene;
  const colours = paletteOf(scene.theme);
  const clear = (scene.symbols ? sizes.clearSymbol : sizes.clearUnit) * scene.markScale;
  return rowsToName(scene).flatMap((row) => {
    const name = units.aboutAt(row)?.callsign;
    const at = units.drawnAt(row, scene.reckonMs);
    const id = units.idAt(row);
    if (name === undefined || !at || id === undefined) return [];
    const state = unitStates[units.state[row] ?? 3] ?? 'lost';
    const age = ageText((nowMs - (units.timeMs[row] ?? nowMs)) / 1000, language);
    const old = state === 'stale' || state === 'lost';
    const agePart = old ? [strong(age, colours.old)] : state === 'ageing' ? [plain(age, colours.quiet)] : [];
    const reach = reachOf(units, row, nowMs);
    if (reach) agePart.push(plain(within(reach.radiusM, reach.isBeyond), colours.quiet));
    const rank = { fresh: 500, ageing: 520, stale: 600, lost: 620 }[state];
    const size = sizes.text.unit * scale;
    const placed = wish(
      scene,
      'unit',
      { id, ...at },
      [strong(name, colours.text), ...agePart],
      size,
      clear,
      rank,
    );
    const motion = motionOf(units, row, scene.baseMs);
    // A tick that points down stands where the label would.
    const course = units.course[row] ?? 0;
    const isAbove =
      scene.symbols !== undefined && units.isMoving(row) && state !== 'lost' && course > 110 && course < 250;
    const label = { ...placed, isAbove };
    if (motion === still) return [label];
    const [lon, lat] = [units.lonLat[2 * row] ?? 0, units.lonLat[2 * row + 1] ?? 0];
    return [{ ...label, anchor: { lon, lat, motion } }];
  });
}

/** Room between a hexagon's figure and its sides, in parts of the text size. */
const hexagonRoom = 1.6;

/** The figure of each hexagon in which it has room, and how many of them are old where that has room too. */
function hexagonWishes(scene: Unlabelled, { oldUnits }: Wording): LabelWish[] {
  const colours = paletteOf(scene.theme);
  const pxPerDegree = (512 * 2 ** scene.zoom) / 360;
  const size = sizes.text.hexagon * scene.scale;
  return scene.hexagons.flatMap((hexagon) => {
    const { h3, count, old, widthDeg } = hexagon;
    const [lon, lat] = hexagon.centre;
    const room = widthDeg * pxPerDegree - hexagonRoom * size;
    const parts = [strong(countText(count), colours.text)];
    if (old > 0) parts.push(strong(oldUnits(countText(old)), colours.old));
    const lengths = parts.map(({ text }) => text.length * size * 0.6);
    const fitting = parts.filter(
      (_, index) => lengths.slice(0, index + 1).reduce((a, b) => a + b, 0) <= room,
    );
    if (fitting.length === 0) return [];
    return [wish(scene, 'hexagon', { id: h3, lon, lat }, fitting, size, 0, 700)];
  });
}

/** Times along the full track. */
function crumbWishes(scene: Unlabelled): LabelWish[] {
  if (!scene.track) return [];
  const { quiet } = paletteOf(scene.theme);
  const size = sizes.text.crumb * scene.scale;
  return crumbsOf(scene.track).map(({ lon, lat, timeMs }) =>
    wish(
      scene,
      'crumb',
      { id: String(timeMs), lon, lat },
      [plain(`${hhmm(timeMs)}Z`, quiet)],
      size,
      5 * scene.markScale,
      480,
    ),
  );
}

function threatWishes(scene: Unlabelled, wording: Wording): LabelWish[] {
  const colours = paletteOf(scene.theme);
  return scene.threats
    .filter((threat) => holds(threat, scene.nowMs))
    .map((threat) => {
      const [lon, lat] = threatAnchor(threat);
      const grade = gradeText(threat);
      const parts = [strong(wording.kindOfThreat(threat.kind).toUpperCase(), colours.threatText)];
      if (grade) parts.push(plain(grade, colours.threatText));
      const size = sizes.text.threat * scene.scale;
      return wish(
        scene,
        'threat',
        { id: threat.id, lon, lat },
        parts,
        size,
        4 * scene.markScale,
        560 + threat.level,
      );
    });
}

/** A threat's label stands below its area, where its hatching does not make it hard to read. */
function threatAnchor(threat: ThreatOut): readonly [number, number] {
  const [lon] = geometryCentre(threat.geometry);
  const [, south] = geometryBbox(
    threat.geometry,
    threat.geometry.type === 'Point' ? (threat.radiusM ?? 1_000) : 0,
  );
  return [lon, south];
}

function placeWishes(scene: Unlabelled): LabelWish[] {
  const colours = paletteOf(scene.theme);
  return scene.places
    .filter((place) => isNamed(place, scene.zoom))
    .map((place) => {
      const rank = placeRank(place);
      const part = rank === 0 ? strong(place.name, colours.quiet) : plain(place.name, colours.quiet);
      const size = sizes.text.place * scene.scale;
      return wish(
        scene,
        'place',
        place,
        [part],
        size,
        sizes.clearPlace * scene.markScale,
        rank === 0 ? 450 : 300 - 20 * rank,
      );
    });
}

function sectorWishes(scene: Unlabelled): LabelWish[] {
  const colours = paletteOf(scene.theme);
  return drawnSectors(scene.sectors).map(({ id, name, geometry }) => {
    const [west, , east, north] = geometryBbox(geometry);
    const at = { id, lon: (west + east) / 2, lat: north };
    const size = sizes.text.sector * scene.scale;
    return wish(
      scene,
      'sector',
      at,
      [plain(name.toUpperCase(), colours.place)],
      size,
      4 * scene.markScale,
      100,
    );
  });
}

interface At {
  readonly id: string;
  readonly lon: number;
  readonly lat: number;
}

function wish(
  scene: Unlabelled,
  kind: 'alert' | 'unit' | 'crumb' | 'hexagon' | 'threat' | 'place' | 'sector',
  { id, lon, lat }: At,
  parts: readonly LabelPart[],
  size: number,
  clear: number,
  priority: number,
): LabelWish {
  const selected = scene.selected?.kind === kind && scene.selected.id === id;
  // Room for the ring of the selection.
  const room = selected && kind !== 'threat' ? clear + 9 * scene.markScale : clear;
  return { id: `${kind}:${id}`, lon, lat, parts, size, clear: room, priority: selected ? 1000 : priority };
}

/** The boxes of all marks, which no label may cover. */
export function markBoxes(
  scene: Unlabelled,
  project: (lon: number, lat: number) => readonly [number, number],
): Box[] {
  const boxes: Box[] = [];
  const add = (lon: number, lat: number, half: number) => {
    const [x, y] = project(lon, lat);
    boxes.push([x - half, y - half, x + half, y + half]);
  };
  const { units, inView, markScale: scale } = scene;
  const rows = inView.count <= mostKeptClear ? inView.rows : inView.oldRows;
  const clear = scene.symbols ? sizes.clearSymbol : sizes.clearUnit;
  const chosenRow = scene.selected?.kind === 'unit' ? units.rowOf(scene.selected.id) : undefined;
  for (const row of rows) {
    const at = units.drawnAt(row, scene.reckonMs);
    if (at) add(at.lon, at.lat, (clear + (row === chosenRow ? 9 : -2)) * scale);
  }
  for (const { alert } of scene.alerts) {
    if (isPlaced(alert) && isOpen(alert.state))
      add(alert.lon, alert.lat, (sizes.clearAlert + (scene.selected?.id === alert.id ? 8 : -1)) * scale);
  }
  for (const place of scene.places) if (shows(place, scene.zoom)) add(place.lon, place.lat, 6 * scale);
  return boxes;
}

function shows(place: PlaceOut, zoom: number): boolean {
  return placeRank(place) <= 1 && isMarked(place, zoom);
}
