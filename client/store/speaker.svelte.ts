import { playTone } from './tones.ts';

/** `blocked`: the browser waits for a hand on this page; `none`: it has no sound at all. */
export type SpeakerState = 'blocked' | 'ready' | 'none';

/** The loudspeaker of this page. Browsers keep it shut until somebody has touched the page. */
class Speaker {
  #context: AudioContext | undefined;
  state = $state<SpeakerState>('blocked');

  /** Opens the speaker if the browser lets it; call it again from a click or a key. */
  async open(): Promise<void> {
    if (!('AudioContext' in globalThis)) {
      this.state = 'none';
      return;
    }
    this.#context ??= this.#make();
    if (this.#context.state === 'running') return;
    // While it is not let, the promise waits for ever: the state tells, not the promise.
    void this.#context.resume().catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 50));
    this.#tell();
  }

  /** Any hand or key on the page opens it; answers how to stop listening. */
  openOnTouch(): () => void {
    const touch = () => void this.open();
    const events = ['pointerdown', 'keydown'] as const;
    for (const event of events) addEventListener(event, touch, { capture: true, passive: true });
    return () => {
      for (const event of events) removeEventListener(event, touch, { capture: true });
    };
  }

  play(name: 'P1' | 'P2', volume: number): void {
    if (this.#context && this.state === 'ready' && volume > 0) playTone(this.#context, name, volume);
  }

  #make(): AudioContext {
    const context = new AudioContext();
    context.addEventListener('statechange', () => this.#tell());
    return context;
  }

  #tell(): void {
    this.state = this.#context?.state === 'running' ? 'ready' : 'blocked';
  }
}
export const speaker = new Speaker();
