/** One pulse of a tone: when it begins after the first, how long it lasts, how high it is. */
export interface Pulse {
  readonly atS: number;
  readonly forS: number;
  readonly hz: number;
}

/**
 * The two alarms, told apart with the eyes closed and by who hears badly: P1 is five quick pulses that climb, twice;
 * P2 is two long ones that fall. The rhythm of P1 is that of high-priority alarms of hospitals.
 */
export const tones: Readonly<Record<'P1' | 'P2', readonly Pulse[]>> = {
  P1: [0, 0.95].flatMap((start) =>
    [698, 880, 1047, 880, 1047].map((hz, at) => ({
      atS: start + [0, 0.15, 0.3, 0.52, 0.67][at]!, // one start a pulse
      forS: 0.12,
      hz,
    })),
  ),
  P2: [
    { atS: 0, forS: 0.32, hz: 659 },
    { atS: 0.38, forS: 0.5, hz: 494 },
  ],
};

/** Parts of the sound above its ground, so that small loudspeakers and old ears get it. */
const partials = [
  [1, 1],
  [2, 0.35],
  [3, 0.18],
] as const;
const riseS = 0.012;
const fallS = 0.05;

/** Plays a tone at a volume of 0 to 1. */
export function playTone(context: AudioContext, name: 'P1' | 'P2', volume: number): void {
  const out = context.createGain();
  // An ear hears loudness, not amplitude: the square makes half sound like half.
  out.gain.value = volume ** 2 * 0.6;
  out.connect(context.destination);
  const start = context.currentTime + 0.02;
  const ends = tones[name].map((pulse) => playPulse(context, out, pulse, start));
  const endS = Math.max(...ends) - context.currentTime + 0.1;
  setTimeout(() => out.disconnect(), endS * 1_000);
}

function playPulse(context: AudioContext, out: AudioNode, { atS, forS, hz }: Pulse, start: number): number {
  const [begin, end] = [start + atS, start + atS + forS];
  for (const [times, share] of partials) {
    const [voice, gain] = [context.createOscillator(), context.createGain()];
    voice.frequency.value = hz * times;
    gain.gain.setValueAtTime(0, begin);
    gain.gain.linearRampToValueAtTime(share, begin + riseS);
    gain.gain.setValueAtTime(share, Math.max(begin + riseS, end - fallS));
    gain.gain.linearRampToValueAtTime(0, end);
    voice.connect(gain).connect(out);
    voice.start(begin);
    voice.stop(end);
  }
  return end;
}
