/** Steps of the pulse in a second: smooth enough for the eye, light enough for a wall computer. */
const pulseStepMs = 50;

/** When the map is drawn: at most once a frame, and never behind another tab. */
export class Frames {
  readonly #draw: () => void;
  #frame = 0;
  #pulse: ReturnType<typeof setInterval> | undefined;
  #later: ReturnType<typeof setTimeout> | undefined;

  constructor(draw: () => void) {
    this.#draw = draw;
  }

  /** Draws at the next frame. */
  ask(): void {
    if (this.#frame !== 0 || document.hidden) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  /** Draws after a while without a change of the picture, in place of what was asked for before; Infinity is never. */
  askIn(waitMs: number): void {
    clearTimeout(this.#later);
    this.#later = Number.isFinite(waitMs) ? setTimeout(() => this.ask(), waitMs) : undefined;
  }

  /** Whether something pulses, and is drawn again and again. */
  setPulse(on: boolean): void {
    if (on === (this.#pulse !== undefined)) return;
    clearInterval(this.#pulse);
    this.#pulse = on ? setInterval(() => this.ask(), pulseStepMs) : undefined;
  }

  /** Nothing is drawn until it is asked for again. */
  rest(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.setPulse(false);
    this.askIn(Infinity);
  }
}
