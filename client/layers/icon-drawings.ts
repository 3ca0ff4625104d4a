import { unitStates } from '../../shared/model/unit-lists.ts';
import { priorities } from '../../shared/model/alert-lists.ts';
import { ringFrames, unitIcon } from './icon-names.ts';
import { css, type Palette } from './style.ts';

/** Side of a cell of the atlas in pixels: twice the largest mark on a dense screen. */
export const iconCell = 96;

type Draw = (pen: CanvasRenderingContext2D) => void;
type Painter = (pen: CanvasRenderingContext2D, palette: Palette) => void;

/** Every mark of the map and the code that draws it, in a cell whose middle is (0, 0). */
export function iconDrawings(palette: Palette): Map<string, { draw: Draw; mask: boolean }> {
  const all = new Map<string, { draw: Draw; mask: boolean }>();
  const add = (name: string, draw: Draw, mask = false) => all.set(name, { draw, mask });
  for (const state of unitStates) {
    for (const moving of [true, false]) {
      add(unitIcon(state, moving), (pen) =>
        state === 'lost' ? lostUnit(pen, palette) : unit(pen, palette, state, moving),
      );
    }
  }
  add('plate', (pen) => plate(pen, palette));
  for (let frame = 0; frame <= ringFrames; frame += 1)
    add(`ring-${frame}`, (pen) => ring(pen, frame / ringFrames), true);
  for (const priority of priorities) add(priority, (pen) => alertMark(pen, palette, priority));
  add('follow-dot', (pen) => followDot(pen, palette));
  add('point', (pen) => point(pen, palette));
  for (const [name, draw] of Object.entries(placeMarks)) add(`place-${name}`, (pen) => draw(pen, palette));
  return all;
}

function unitShape(moving: boolean): Path2D {
  const path = new Path2D();
  if (!moving) {
    path.arc(0, 0, 19, 0, 2 * Math.PI);
    return path;
  }
  path.moveTo(0, -36);
  path.lineTo(26, 31);
  path.lineTo(0, 17);
  path.lineTo(-26, 31);
  path.closePath();
  return path;
}

/** Fresh is full, ageing half full, stale an outline: the fill drains as the position gets old. */
function unit(
  pen: CanvasRenderingContext2D,
  palette: Palette,
  state: 'fresh' | 'ageing' | 'stale',
  moving: boolean,
): void {
  const [unitColour, haloColour] = [css(palette.unit), css(palette.halo)];
  const shape = unitShape(moving);
  pen.strokeStyle = haloColour;
  pen.lineWidth = 13;
  pen.stroke(shape);
  pen.fillStyle = state === 'fresh' ? unitColour : haloColour;
  pen.fill(shape);
  if (state === 'fresh') return;
  if (state === 'ageing') {
    pen.save();
    pen.clip(shape);
    pen.fillStyle = unitColour;
    pen.fillRect(-48, moving ? 2 : 0, 96, 48);
    pen.restore();
  }
  pen.strokeStyle = unitColour;
  pen.lineWidth = 6;
  pen.stroke(shape);
}

function lostUnit(pen: CanvasRenderingContext2D, palette: Palette): void {
  const [unitColour, haloColour] = [css(palette.unit), css(palette.halo)];
  const circle = new Path2D();
  circle.arc(0, 0, 30, 0, 2 * Math.PI);
  pen.fillStyle = haloColour;
  pen.fill(circle);
  pen.strokeStyle = haloColour;
  pen.lineWidth = 12;
  pen.stroke(circle);
  pen.strokeStyle = unitColour;
  pen.lineWidth = 5.5;
  pen.setLineDash([11.5, 7.35]);
  pen.stroke(circle);
  pen.setLineDash([]);
  questionMark(pen, unitColour);
}

// Drawn, not written: the atlas must not wait for a font.
export function questionMark(pen: CanvasRenderingContext2D, colour: string): void {
  pen.strokeStyle = colour;
  pen.lineWidth = 6.5;
  pen.lineCap = 'round';
  pen.beginPath();
  pen.arc(0, -7, 9, Math.PI, 2.35 * Math.PI);
  pen.quadraticCurveTo(0, 2, 0, 7);
  pen.stroke();
  pen.fillStyle = colour;
  pen.beginPath();
  pen.arc(0, 17, 4.2, 0, 2 * Math.PI);
  pen.fill();
}

function plate(pen: CanvasRenderingContext2D, palette: Palette): void {
  pen.fillStyle = css(palette.plate);
  pen.beginPath();
  pen.arc(0, 0, 44, 0, 2 * Math.PI);
  pen.fill();
  pen.strokeStyle = css(palette.plateEdge);
  pen.lineWidth = 4;
  pen.beginPath();
  pen.arc(0, 0, 39, 0, 2 * Math.PI);
  pen.stroke();
}

function ring(pen: CanvasRenderingContext2D, share: number): void {
  if (share <= 0) return;
  pen.strokeStyle = '#fff';
  pen.lineWidth = 6;
  pen.beginPath();
  pen.arc(0, 0, 39, -Math.PI / 2, -Math.PI / 2 + share * 2 * Math.PI);
  pen.stroke();
}

function polygon(...points: ReadonlyArray<readonly [number, number]>): Path2D {
  const path = new Path2D();
  for (const [x, y] of points) path.lineTo(x, y);
  path.closePath();
  return path;
}

function circle(radius: number): Path2D {
  const path = new Path2D();
  path.arc(0, 0, radius, 0, 2 * Math.PI);
  return path;
}

function alertMark(
  pen: CanvasRenderingContext2D,
  palette: Palette,
  priority: 'P1' | 'P2' | 'P3' | 'P4',
): void {
  pen.fillStyle = css(palette[priority]);
  pen.strokeStyle = css(palette[priority]);
  if (priority === 'P1') pen.fill(polygon([0, -25], [25, 0], [0, 25], [-25, 0]));
  if (priority === 'P2') pen.fill(polygon([0, -23], [23, 17], [-23, 17]));
  if (priority === 'P3') pen.fill(circle(16));
  if (priority === 'P4') {
    pen.lineWidth = 7;
    pen.stroke(circle(14));
  }
}

/** On the ring of a unit that the map goes along with. */
function followDot(pen: CanvasRenderingContext2D, palette: Palette): void {
  pen.fillStyle = css(palette.ground);
  pen.fill(circle(46));
  pen.fillStyle = css(palette.selected);
  pen.fill(circle(31));
}

/** The place an operator is putting on the map: cross hairs with a free middle. */
function point(pen: CanvasRenderingContext2D, palette: Palette): void {
  for (const [colour, width] of [
    [css(palette.halo), 13],
    [css(palette.point), 5],
  ] as const) {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.stroke(circle(22));
    pen.beginPath();
    for (const [x, y] of [
      [0, 1],
      [0, -1],
      [1, 0],
      [-1, 0],
    ] as const) {
      pen.moveTo(x * 14, y * 14);
      pen.lineTo(x * 40, y * 40);
    }
    pen.stroke();
  }
}

function placeMark(draw: Painter): Painter {
  return (pen, palette) => {
    pen.fillStyle = css(palette.place);
    pen.strokeStyle = css(palette.place);
    pen.lineWidth = 7;
    draw(pen, palette);
  };
}

/** Places by kind: all quiet, all different in outline. */
const placeMarks: Readonly<Record<string, Painter>> = {
  village: placeMark((pen) => pen.fillRect(-10, -10, 20, 20)),
  /** A village that is silent: hollow, and a little larger, so that it is hollow from afar too. */
  silent: placeMark((pen) => pen.strokeRect(-13, -13, 26, 26)),
  site: placeMark((pen) => {
    pen.stroke(polygon([0, -28], [32, 26], [-32, 26]));
    pen.fill(polygon([0, -2], [15, 26], [-15, 26]));
  }),
  // APP-6: the frame of a friend with the bar of an installation on top.
  base: placeMark((pen, { halo, unit }) => {
    const box = polygon([-38, -20], [38, -20], [38, 32], [-38, 32]);
    pen.strokeStyle = css(halo);
    pen.lineWidth = 16;
    pen.stroke(box);
    pen.fillStyle = css(halo);
    pen.fill(box);
    pen.strokeStyle = css(unit);
    pen.lineWidth = 6;
    pen.stroke(box);
    pen.fillStyle = css(unit);
    pen.fillRect(-16, -34, 32, 12);
    pen.lineWidth = 5;
    pen.stroke(polygon([0, -8], [20, 20], [-20, 20]));
  }),
  hospital: placeMark((pen) => {
    pen.fillRect(-9, -28, 18, 56);
    pen.fillRect(-28, -9, 56, 18);
  }),
  'landing-zone': placeMark((pen) => {
    pen.stroke(circle(28));
    pen.beginPath();
    pen.moveTo(-10, -14);
    pen.lineTo(-10, 14);
    pen.moveTo(10, -14);
    pen.lineTo(10, 14);
    pen.moveTo(-10, 0);
    pen.lineTo(10, 0);
    pen.stroke();
  }),
};
