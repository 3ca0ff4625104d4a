import { untrack } from 'svelte';

/** In the order in which they are listed. */
export const commandGroups = ['alert', 'unit', 'map', 'list', 'time', 'you', 'help'] as const;
export type CommandGroup = (typeof commandGroups)[number];

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
    // The effect that brings commands must not be woken by those that others bring.
    untrack(() => (this.#all = [...this.#all, ...commands]));
    return () => {
      untrack(() => (this.#all = this.#all.filter((one) => !commands.includes(one))));
    };
  }

  /** Does what the command with this id does; nothing where it is not on the page or cannot be done now. */
  run(id: string): void {
    this.available.findLast((command) => command.id === id)?.run();
  }
}
