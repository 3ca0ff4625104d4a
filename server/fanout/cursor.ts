/** The seq of a cursor of this epoch; undefined for any other cursor, which means a fresh picture. */
export function seqOfCursor(cursor: string | undefined, epoch: string): number | undefined {
  if (cursor === undefined || !cursor.startsWith(`${epoch}.`)) return undefined;
  const digits = cursor.slice(epoch.length + 1);
  return /^\d{1,15}$/.test(digits) ? Number(digits) : undefined;
}
