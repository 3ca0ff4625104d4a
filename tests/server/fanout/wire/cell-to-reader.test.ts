import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { FrameReader } from '../../../../client/net/frame-reader.ts';
import { Units } from '../../../../client/store/units.ts';
import { Cell, type UnitSource } from '../../../../server/fanout/wire/cell.ts';
import type { Unit } from '../../../../server/picture/picture.ts';
import { makeSeededRandom } from '../../../../server/exercise/seeded-random.ts';
import type { UnitDetail } from '../../../../shared/model/unit-wire.ts';
import { aboutText, readBlockBody, readBlockHead } from '../../../../shared/wire/block.ts';
import { ByteReader, WireFault } from '../../../../shared/wire/bytes.ts';
import { frameVersion, writeFrame } from '../../../../shared/wire/frame.ts';
import {
  courseCodeOf,
  courseGap,
  courseOfCode,
  speedCodeOf,
  toDs,
  toE5,
} from '../../../../shared/wire/motion.ts';
import { readText } from '../../../support/source-files.ts';
import { HeldCell, Owners } from '../../../../client/net/held-cell.ts';

interface Truth {
  lon: number;
  lat: number;
  timeMs: number;
  courseDeg: number | undefined;
  speedMps: number | undefined;
  detail: UnitDetail | undefined;
}

const startMs = Date.UTC(2026, 10, 22);
const tickAfter = (step: number): number => toDs(startMs) + 10 * step;

/** Units as a test knows them, two cells that it moves them between, and a reader on the other side. */
function setUp() {
  const truths = new Map<string, Truth>();
  const source: UnitSource = {
    readFix({ id }, fix) {
      const truth = truths.get(id);
      if (!truth) return false;
      fix.lonE5 = toE5(truth.lon);
      fix.latE5 = toE5(truth.lat);
      fix.timeDs = toDs(truth.timeMs);
      fix.speedCode = speedCodeOf(truth.speedMps);
      fix.courseCode = courseCodeOf(truth.courseDeg);
      return true;
    },
    aboutText: ({ id }) => aboutText({ id, kind: 'patrol', callsign: id, reportEveryS: 10, staleAfterS: 60 }),
    detail: ({ id }) => truths.get(id)?.detail,
  };
  const cells = [new Cell(0, source), new Cell(2, source)];
  const units = new Units();
  const mended: number[][] = [];
  const reader = new FrameReader(units, (keys) => mended.push([...keys]), startMs);
  const places = new Map<string, { cell: Cell; row: number; unit: Unit }>();
  const send = (tickDs: number, blocks: Array<Uint8Array | undefined>, news?: string): void =>
    void reader.take(writeFrame({ tickDs, news, blocks: blocks.filter((block) => block !== undefined) }));
  return { truths, cells, units, reader, places, send, mended };
}

type Side = ReturnType<typeof setUp>;

function isAsTrue({ truths, units, places }: Side): void {
  expect([...units.keys()].sort()).toEqual([...places.keys()].sort());
  for (const id of places.keys()) {
    const truth = truths.get(id);
    const row = units.rowOf(id) ?? -1;
    if (!truth) {
      expect(units.hasFix(row)).toBe(false);
      continue;
    }
    expect(
      Math.abs((units.lonLat[2 * row] ?? NaN) - truth.lon) * Math.cos((truth.lat * Math.PI) / 180),
    ).toBeLessThan(3e-5);
    expect(Math.abs((units.lonLat[2 * row + 1] ?? NaN) - truth.lat)).toBeLessThan(3e-5);
    expect(Math.abs((units.timeMs[row] ?? NaN) - truth.timeMs)).toBeLessThanOrEqual(100);
    if (truth.speedMps === undefined) expect(units.speed[row]).toBeNaN();
    else
      expect(Math.abs((units.speed[row] ?? NaN) - truth.speedMps)).toBeLessThanOrEqual(
        0.9 + 0.085 * truth.speedMps,
      );
    if (truth.courseDeg === undefined) expect(units.course[row]).toBeNaN();
    else if (truth.speedMps !== undefined && truth.speedMps > 1) {
      const [held, is] = [courseCodeOf(units.course[row]), courseCodeOf(truth.courseDeg)];
      expect(Math.abs(courseGap(held, is))).toBeLessThanOrEqual(4);
    }
    expect(
      Math.abs((units.get(id)?.batteryPct ?? -99) - (truth.detail?.batteryPct ?? -99)),
    ).toBeLessThanOrEqual(1);
  }
}

/** Lets units come, move, be described, change cells and go, by chance; the same seed does the same. */
function live(
  side: Side,
  seed: number,
  steps: number,
  afterStep: (step: number, tickDs: number) => void,
): void {
  const { next } = makeSeededRandom(seed);
  const { truths, cells, places } = side;
  const pickId = (): string => `u${Math.floor(next() * 25)}`;
  let slots = 0;
  for (let step = 1; step <= steps; step++) {
    const nowMs = startMs + step * 1_000;
    for (let act = 0; act < 8; act++) {
      const id = pickId();
      const place = places.get(id);
      const cell = cells[next() < 0.5 ? 0 : 1] as Cell;
      if (!place) {
        // Only what the cell reads matters: the unit stands for its id and slot.
        const unit = { id, slot: slots++ } as Unit;
        if (next() < 0.9) moveTruth(truths, id, next, nowMs);
        places.set(id, { cell, row: cell.enter(unit), unit });
      } else if (next() < 0.08) {
        place.cell.leave(place.row);
        places.delete(id);
        truths.delete(id);
      } else if (next() < 0.1) {
        place.cell.leave(place.row);
        places.set(id, { ...place, cell, row: cell.enter(place.unit) });
      } else if (next() < 0.1) place.cell.describe(place.row, place.unit);
      else {
        moveTruth(truths, id, next, nowMs);
        place.cell.note(place.row);
      }
    }
    afterStep(step, tickAfter(step));
  }
}

function moveTruth(truths: Map<string, Truth>, id: string, next: () => number, nowMs: number): void {
  const before = truths.get(id);
  const isFar = next() < 0.1;
  truths.set(id, {
    lon:
      before && !isFar
        ? Math.max(-180, Math.min(180, before.lon + (next() - 0.5) / 500))
        : next() * 360 - 180,
    lat:
      before && !isFar ? Math.max(-89, Math.min(89, before.lat + (next() - 0.5) / 500)) : next() * 170 - 85,
    timeMs: Math.max(before?.timeMs ?? 0, nowMs - Math.floor(next() * 30_000)),
    courseDeg: next() < 0.15 ? undefined : next() * 360,
    speedMps: next() < 0.15 ? undefined : next() * 30,
    detail: next() < 0.5 ? { batteryPct: Math.floor(next() * 100) } : undefined,
  });
}

const view = JSON.stringify({ view: { mode: 'cells', cells: [0, 2] } });

describe('a cell and its reader', () => {
  it('P5 P7 P8 hold the same after any life of units, told in blocks', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const side = setUp();
        side.send(
          tickAfter(0),
          side.cells.map((cell) => cell.keyframe(tickAfter(0))),
          view,
        );
        live(side, seed, 40, (step, tickDs) => {
          // One cell is told more seldom than the other, as far away ones are.
          const due = side.cells.filter((_, index) => index === 0 || step % 3 === 0);
          side.send(
            tickDs,
            due.map((cell) => cell.takeBlock(tickDs)),
          );
          if (step % 3 === 0) isAsTrue(side);
        });
        expect(side.reader.faults).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it('P9 mends by a keyframe whatever was lost on the way', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const side = setUp();
        const { next } = makeSeededRandom(seed + 1);
        side.send(
          tickAfter(0),
          side.cells.map((cell) => cell.keyframe(tickAfter(0))),
          view,
        );
        live(side, seed, 30, (_, tickDs) => {
          const blocks = side.cells.map((cell) => cell.takeBlock(tickDs));
          if (next() < 0.3) return;
          side.send(tickDs, blocks);
        });
        const tickDs = tickAfter(31);
        for (const cell of side.cells) cell.takeBlock(tickDs);
        side.send(
          tickDs,
          side.cells.map((cell) => cell.keyframe(tickDs)),
        );
        isAsTrue(side);
      }),
      { numRuns: 60 },
    );
  });

  it('P9 asks for a cell again when a block of it is missing, and only for that cell', () => {
    const side = setUp();
    side.send(
      tickAfter(0),
      side.cells.map((cell) => cell.keyframe(tickAfter(0))),
      view,
    );
    const unit = { id: 'u1', slot: 1 } as Unit;
    side.truths.set('u1', { lon: 1, lat: 1, timeMs: startMs, courseDeg: 0, speedMps: 9, detail: undefined });
    const row = side.cells[0]?.enter(unit) ?? 0;
    side.cells[0]?.takeBlock(tickAfter(1)); // lost
    side.truths.set('u1', {
      lon: 1.01,
      lat: 1,
      timeMs: startMs + 500,
      courseDeg: 0,
      speedMps: 9,
      detail: undefined,
    });
    side.cells[0]?.note(row);
    side.send(tickAfter(2), [side.cells[0]?.takeBlock(tickAfter(2))]);
    expect(side.mended).toEqual([[0]]);
    expect(side.units.size).toBe(0);
    side.send(tickAfter(3), [side.cells[0]?.keyframe(tickAfter(3))]);
    expect([...side.units.keys()]).toEqual(['u1']);
  });

  it('P6 tells a unit that goes on as expected in two bytes', () => {
    const side = setUp();
    const truth: Truth = { lon: 30, lat: 0, timeMs: startMs, courseDeg: 0, speedMps: 10, detail: undefined };
    side.truths.set('u1', truth);
    const cell = side.cells[0] as Cell;
    const row = cell.enter({ id: 'u1', slot: 1 } as Unit);
    cell.settle(tickAfter(0));
    cell.keyframe(tickAfter(0));
    truth.timeMs += 10_000;
    truth.lat += 100 / 111_319;
    cell.note(row);
    const block = cell.takeBlock(tickAfter(11)) ?? new Uint8Array();
    const head = readBlockHead(new ByteReader(block));
    expect(head.to - head.from).toBe(2);
  });

  it('P7 tells a course that changes within a tenth of a second on the spot', () => {
    const side = setUp();
    const cell = side.cells[0] as Cell;
    side.send(tickAfter(0), [cell.keyframe(tickAfter(0))], view);
    const truth: Truth = { lon: 30, lat: 0, timeMs: startMs, courseDeg: 77, speedMps: 20, detail: undefined };
    side.truths.set('u1', truth);
    const row = cell.enter({ id: 'u1', slot: 1 } as Unit);
    side.send(tickAfter(1), [cell.takeBlock(tickAfter(1))]);
    Object.assign(truth, { timeMs: startMs + 40, courseDeg: 325 });
    cell.note(row);
    side.send(tickAfter(2), [cell.takeBlock(tickAfter(2))]);
    isAsTrue({ ...side, places: new Map([['u1', { cell, row, unit: { id: 'u1', slot: 1 } as Unit }]]) });
  });

  it('P3 reads any block of any bytes without another end than a fault', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), fc.nat(15), (bytes, flags) => {
        const cell = new HeldCell(new Units(), new Owners());
        const head = { key: 0, number: 1, flags, from: 0, to: bytes.length };
        try {
          readBlockBody(bytes, head, tickAfter(0), cell);
        } catch (reason) {
          expect(reason).toBeInstanceOf(WireFault);
        }
        cell.end();
      }),
      { numRuns: 5_000 },
    );
  });

  it('P3 survives blocks of the real kind with bytes changed', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(), fc.nat(255), (seed, at, value) => {
        const side = setUp();
        side.send(
          tickAfter(0),
          side.cells.map((cell) => cell.keyframe(tickAfter(0))),
          view,
        );
        live(side, seed, 4, (_, tickDs) => {
          const blocks = side.cells.flatMap((cell) => cell.takeBlock(tickDs) ?? []);
          for (const block of blocks) block[at % block.length] = value;
          side.send(tickDs, blocks);
        });
        for (let row = 0; row < side.units.rows; row++) {
          expect(Math.abs(side.units.lonLat[2 * row + 1] ?? 0)).toBeLessThanOrEqual(90);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('P10 writes the very bytes of its version', () => {
    const side = setUp();
    const hash = createHash('sha256');
    live(side, 7, 30, (_, tickDs) => {
      for (const cell of side.cells) hash.update(cell.takeBlock(tickDs) ?? '').update(cell.keyframe(tickDs));
      const beat = { atMs: tickDs * 100 + 9, seq: tickDs, heartbeatMs: tickDs * 100, tickLengthMs: 100 };
      hash.update(writeFrame({ tickDs, beat, news: '{"behindS":1}', blocks: [] }));
    });
    // Other bytes are another protocol: raise frameVersion and write its line, with the hash, in PROTOCOL.md.
    const line = readText('shared/wire/PROTOCOL.md')
      .split('\n')
      .findLast((text) => text.startsWith(`| ${frameVersion} |`));
    expect(line).toContain(hash.digest('hex').slice(0, 16));
  });

  it('P7 keeps the angle of a course through many small turns', () => {
    const side = setUp();
    const cell = side.cells[0] as Cell;
    side.send(tickAfter(0), [cell.keyframe(tickAfter(0))], view);
    const truth: Truth = { lon: 30, lat: 0, timeMs: startMs, courseDeg: 0, speedMps: 10, detail: undefined };
    side.truths.set('u1', truth);
    const row = cell.enter({ id: 'u1', slot: 1 } as Unit);
    for (let step = 1; step < 200; step++) {
      Object.assign(truth, { timeMs: startMs + step * 1_000, courseDeg: (step * 3.1) % 360 });
      cell.note(row);
      side.send(tickAfter(step), [cell.takeBlock(tickAfter(step))]);
      const held = side.units.course[side.units.rowOf('u1') ?? 0] ?? NaN;
      const gap = Math.abs(((held - (truth.courseDeg ?? 0) + 540) % 360) - 180);
      expect(gap).toBeLessThanOrEqual(courseOfCode(6));
    }
  });
});
