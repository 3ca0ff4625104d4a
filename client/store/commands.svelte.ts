export type CommandGroup = 'alert' | 'unit' | 'map' | 'list' | 'time' | 'you' | 'help';

/** Something an operator can do by name or by key: what a button does, it does. */
export interface Command {
  /** Unique and stable: `map.measure`. */
  readonly id: string;
  readonly group: CommandGroup;
  /** In the language of the screen; called when it is shown. */
  readonly title: () => string;
  /** One key (`N`, `?`, `[`), with `Ctrl+`, `Shift+` or `Alt+` before it, or two one after another (`G U`). */
  readonly keys?: string;
  /** Whether it can be done now; without it, always. */
  readonly isAvailable?: () => boolean;
  readonly run: () => void;
}

/** All commands of the page that stands. A panel brings its own when it appears and takes them along when it goes. */
export class Commands {
  #all = $state.raw<readonly Command[]>([]);

  get all(): readonly Command[] {
    return this.#all;
  }

  get available(): readonly Command[] {
    return this.#all.filter(({ isAvailable }) => isAvailable?.() ?? true);
  }

  /** Adds commands; answers how to take them away again. Fits an `$effect` (its return value is the clean-up). */
  add(...commands: readonly Command[]): () => void {
    this.#all = [...this.#all, ...commands];
    return () => {
      this.#all = this.#all.filter((one) => !commands.includes(one));
    };
  }
}
