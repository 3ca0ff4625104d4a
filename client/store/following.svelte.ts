/** More than these are not followed together: the map would show all of them and nothing. */
const mostFollowed = 12;

/** The units that the map goes along with, until somebody drags the map away. */
export class Following {
  ids = $state.raw<readonly string[]>([]);

  has(id: string): boolean {
    return this.ids.includes(id);
  }

  toggle(id: string): void {
    if (this.has(id)) this.ids = this.ids.filter((one) => one !== id);
    else this.ids = [...this.ids, id].slice(-mostFollowed);
  }

  /** Follows these and no others. */
  only(ids: readonly string[]): void {
    this.ids = ids.slice(0, mostFollowed);
  }

  stop(): void {
    if (this.ids.length > 0) this.ids = [];
  }
}
