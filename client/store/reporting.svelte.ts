import type { FixOutbox, OutboxState } from '../net/fix-outbox.ts';
import type { PhoneFix } from '../net/phone-fix.ts';
import { isDue } from './fix-pace.ts';
import type { NoPosition, OwnPosition, PhonePosition } from './own-position.ts';

export type ReportingState = 'off' | 'asking' | 'on' | 'refused';

interface ReportingParts {
  readonly outbox: Pick<FixOutbox, 'add'>;
  readonly position: OwnPosition;
  /** How often this unit is asked to report. */
  readonly reportEveryS: (unit: string) => number;
  /** The phone's clock, ms since 1970. */
  readonly wallMs: () => number;
  /** How far the server's clock is ahead of the phone's, ms, as far as it is known. */
  readonly aheadMs: () => number;
  readonly keepAwake: () => () => void;
  /** Which unit is being reported for, through a reload. */
  readonly remember: (unit: string | undefined) => void;
}

/** A position that is older than this by the phone's clock was told by another clock. */
const oldestMs = 60_000;

/** Reports where this phone is for one unit, while its owner wants that; what the page says about it. */
export class Reporting {
  readonly #parts: ReportingParts;
  #end: () => void = () => undefined;
  #last: PhoneFix | undefined;
  #asking: ReturnType<typeof setTimeout> | undefined;

  state = $state<ReportingState>('off');
  unit = $state<string | undefined>();
  /** Why it was refused; set with that state. */
  reason = $state<'insecure' | 'unsupported' | 'denied' | undefined>();
  /** The newest position that the phone gave, sent or not; time by the server's clock. */
  heard = $state.raw<{ readonly atMs: number; readonly accuracyM: number } | undefined>();
  /** On, but the phone does not know where it is. */
  isLost = $state(false);
  sent = $state.raw<OutboxState>({ waiting: 0, isKept: true });

  constructor(parts: ReportingParts) {
    this.#parts = parts;
  }

  start(unit: string): void {
    this.stop();
    this.unit = unit;
    const { position, keepAwake, remember } = this.#parts;
    if (position.missing) return this.#refuse(position.missing);
    this.state = 'asking';
    remember(unit);
    const endWatch = position.watch(
      (at) => this.#take(at),
      (why) => this.#fail(why),
    );
    const letSleep = keepAwake();
    this.#end = () => {
      endWatch();
      letSleep();
      clearTimeout(this.#asking);
    };
  }

  /** Ends reporting; what waits is still sent. */
  stop(): void {
    this.#parts.remember(undefined);
    this.pause();
    this.state = 'off';
  }

  /** The page goes; the next one takes up reporting again. */
  pause(): void {
    this.#end();
    this.#end = () => undefined;
    this.#last = undefined;
    this.heard = undefined;
    this.isLost = false;
    this.reason = undefined;
  }

  #take(position: PhonePosition): void {
    const { unit, state } = this;
    if (unit === undefined || state === 'off' || state === 'refused') return;
    const timeMs = this.#serverTime(position.timestamp);
    this.state = 'on';
    this.isLost = false;
    this.heard = { atMs: timeMs, accuracyM: position.coords.accuracy };
    const everyS = this.#parts.reportEveryS(unit);
    const fix = fixOf(unit, timeMs, position);
    if (isDue(fix, this.#last, everyS)) {
      this.#last = fix;
      void this.#parts.outbox.add(fix);
    }
    this.#askIn(everyS);
  }

  /** A phone at rest may say nothing for hours; its unit must not age for that. */
  #askIn(everyS: number): void {
    clearTimeout(this.#asking);
    this.#asking = setTimeout(() => {
      this.#parts.position.ask((position) => this.#take(position));
      this.#askIn(everyS);
    }, everyS * 1_000);
  }

  /** Phones tell a position's time by their own clock, or by a satellite's; both may be far from the other. */
  #serverTime(timestamp: number): number {
    const wallMs = this.#parts.wallMs();
    const ageMs = wallMs - timestamp;
    return wallMs + this.#parts.aheadMs() - (ageMs > 0 && ageMs < oldestMs ? ageMs : 0);
  }

  #fail(why: NoPosition): void {
    if (why === 'denied') this.#refuse(why);
    else {
      this.state = 'on';
      this.isLost = true;
    }
  }

  #refuse(reason: 'insecure' | 'unsupported' | 'denied'): void {
    this.stop();
    this.state = 'refused';
    this.reason = reason;
  }
}

function fixOf(unit: string, timeMs: number, { coords }: PhonePosition): PhoneFix {
  const { longitude, latitude, accuracy, altitude, heading, speed } = coords;
  return {
    unit,
    timeMs,
    lon: longitude,
    lat: latitude,
    accuracyM: accuracy,
    ...(altitude === null ? {} : { altitudeM: altitude }),
    // A phone at rest has no heading; some say NaN for that.
    ...(heading === null || Number.isNaN(heading) ? {} : { courseDeg: heading }),
    ...(speed === null ? {} : { speedMps: speed }),
  };
}
