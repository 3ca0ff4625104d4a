import type { Command } from './commands.svelte.ts';

/** What is to be known of a key that went down; a `KeyboardEvent` and whether it went down in a field. */
export interface KeyPress {
  readonly key: string;
  /** Where the key is: `KeyN`. Tells a Latin letter on a keyboard that writes others. */
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly repeat: boolean;
  readonly isComposing: boolean;
  /** The key for the third letter of a key, which browsers report as Ctrl and Alt together. */
  readonly altGraph: boolean;
  readonly inField: boolean;
}

/** All that is a command while somebody types. */
const evenInFields: readonly string[] = ['Ctrl+K', 'Escape'];
/** After this long the first key of two is forgotten. */
const sequenceMs = 1_500;
const named: Readonly<Record<string, string>> = { ' ': 'Space', Esc: 'Escape' };

/**
 * The press as commands write it: `N`, `?`, `Ctrl+K` (Cmd on a Mac is the same), `Shift+ArrowUp`. Shift counts only
 * where it makes no other sign. Undefined for what is no press of its own: a modifier, a repeat, part of a letter.
 */
export function chordOf(press: KeyPress): string | undefined {
  const { key, repeat, isComposing } = press;
  if (repeat || isComposing || ['Control', 'Meta', 'Alt', 'AltGraph', 'Shift', 'Dead'].includes(key))
    return undefined;
  const isLetter = /^\p{L}$/u.test(key);
  const sign = isLetter ? letterOf(press) : (named[key] ?? key);
  const isSign = key.length === 1 && !isLetter && key !== ' ';
  const modifiers = [
    (press.ctrlKey || press.metaKey) && !press.altGraph ? 'Ctrl' : '',
    press.altKey && !press.altGraph ? 'Alt' : '',
    press.shiftKey && !isSign ? 'Shift' : '',
  ];
  return [...modifiers.filter((modifier) => modifier !== ''), sign].join('+');
}

function letterOf({ key, code }: KeyPress): string {
  const latin = /^[a-z]$/i.test(key) ? key : /^Key([A-Z])$/.exec(code)?.[1];
  return (latin ?? key).toUpperCase();
}

/** Finds the command that keys mean, one press after another. */
export class KeyReader {
  #begun: string | undefined;
  #begunAtMs = 0;

  /**
   * The command this press means among those that can be done now; `'begun'` where it may be the first key of two;
   * undefined where it is not for us. Of two commands with the same keys the one that came last is meant: what
   * opened last is what Escape closes.
   */
  read(press: KeyPress, available: readonly Command[], nowMs: number): Command | 'begun' | undefined {
    const chord = chordOf(press);
    if (chord === undefined || (press.inField && !evenInFields.includes(chord))) return undefined;
    const begun = nowMs - this.#begunAtMs <= sequenceMs ? this.#begun : undefined;
    this.#begun = undefined;
    const keys = begun === undefined ? chord : `${begun} ${chord}`;
    const meant = available.findLast((command) => command.keys === keys);
    if (meant) return meant;
    if (begun !== undefined || !available.some((command) => command.keys?.startsWith(`${chord} `)))
      return undefined;
    this.#begun = chord;
    this.#begunAtMs = nowMs;
    return 'begun';
  }
}

/** Keys as caps are drawn: one list a press, `G U` as `[['G'], ['U']]`, `Ctrl+K` as `[['Ctrl', 'K']]`. */
export function keyCaps(keys: string): readonly (readonly string[])[] {
  return keys.split(' ').map((chord) => chord.split(/(?<=\w)\+/));
}
