import { fillColumns, FixColumns } from '../../shared/model/fix-columns.ts';
import type { Fix } from '../../shared/model/position.ts';

/** Fixes as columns, each with its device named. */
export function columnsOf(...fixes: readonly Fix[]): FixColumns {
  const columns = new FixColumns();
  fillColumns(columns, fixes, 'nobody');
  return columns;
}
