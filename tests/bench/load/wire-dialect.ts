import type { UnitAbout } from '../../../shared/model/unit-wire.ts';
import { blockFlag, readBlockBody, type BlockSink } from '../../../shared/wire/block.ts';
import { readFrame } from '../../../shared/wire/frame.ts';
import { Rows } from '../../../shared/wire/rows.ts';
import { wirePath } from '../../../shared/wire/wire.ts';
import type { Dialect, FixSink } from './dialect.ts';
import { unitNumberOf } from './fleet.ts';

/** Our packed wire: engine.io 4 and the frames of shared/wire/PROTOCOL.md. */
export const wire: Dialect = {
  timeStepMs: 100,
  path: () => `${wirePath}/?EIO=4&transport=websocket`,
  mustGreet: true,
  answer({ isText, body }, { watchToken, view }, say) {
    if (!isText) return undefined;
    const text = body.toString('latin1', 0, 4);
    if (text.startsWith('0')) say(`40${JSON.stringify({ token: watchToken })}`);
    else if (text.startsWith('40'))
      say(`420${JSON.stringify(['subscribe', view ? { bbox: view, zoom: 10 } : {}])}`);
    else if (text.startsWith('44')) throw new Error(body.toString());
    else if (text === '2') say('3');
    return text.startsWith('430') ? 'joined' : undefined;
  },
  judge(sink) {
    const cells = new Map<number, JudgedCell>();
    return ({ isText, body }) => {
      if (isText) return;
      const frame = readFrame(body, Math.floor(Date.now() / 100));
      for (const head of frame.blocks) {
        let cell = cells.get(head.key);
        if (!cell) cells.set(head.key, (cell = new JudgedCell(sink)));
        cell.isWhole ||= (head.flags & blockFlag.keyframe) !== 0;
        if (cell.isWhole) readBlockBody(frame.bytes, head, frame.tickDs, cell);
      }
    };
  },
};

/** One cell as a judge holds it: rows, and the number of the unit in each. */
class JudgedCell implements BlockSink {
  rows = new Rows();
  isWhole = false;
  readonly #sink: FixSink;
  #units: number[] = [];

  constructor(sink: FixSink) {
    this.#sink = sink;
  }

  begin(): void {
    this.#units = [];
    this.rows = new Rows();
  }

  left(row: number): void {
    this.#units[row] = -1;
  }

  entered(row: number, about: UnitAbout): void {
    while (this.#units.length <= row) this.#units.push(-1);
    this.#units[row] = unitNumberOf(about.id);
  }

  detail(): void {
    // A judge of fixes does not look at batteries.
  }

  moved(row: number): void {
    const unit = this.#units[row] ?? -1;
    if (unit >= 0) this.#sink(unit, (this.rows.timeDs[row] ?? 0) * 100);
  }

  has(row: number): boolean {
    return (this.#units[row] ?? -1) >= 0;
  }
}
