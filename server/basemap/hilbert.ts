/**
 * The PMTiles id of a tile: its place on a Hilbert curve through its zoom level, after all tiles of lower
 * levels. Neighbours on the ground so mostly get neighbouring ids, and lie side by side in the file.
 */
export function toTileId(z: number, x: number, y: number): number {
  let id = (4 ** z - 1) / 3;
  let column = x;
  let row = y;
  for (let side = 2 ** (z - 1); side >= 1; side /= 2) {
    const right = (column & side) > 0 ? 1 : 0;
    const low = (row & side) > 0 ? 1 : 0;
    id += side * side * ((3 * right) ^ low);
    if (low === 0) {
      if (right === 1) {
        column = side - 1 - (column & (side - 1));
        row = side - 1 - (row & (side - 1));
      }
      [column, row] = [row, column];
    }
  }
  return id;
}
