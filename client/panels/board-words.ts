import type { BoardColumn } from '../store/board-order.ts';
import { text } from '../store/language.svelte.ts';

/** What stands over a column of the unit board. */
export function columnWords(column: BoardColumn): string {
  switch (column) {
    case 'callsign':
    case 'age':
    case 'speed':
      return text(`units.${column}`);
    default:
      return text(`board.${column}`);
  }
}
