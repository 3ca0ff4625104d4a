/** The parts we use of a package that ships no types. */
declare module 'vt-pbf' {
  /** Layers of one tile as geojson-vt cuts them, to one Mapbox Vector Tile (protobuf, not compressed). */
  export function fromGeojsonVt(
    layers: Readonly<Record<string, { readonly features: readonly object[] }>>,
    options?: { readonly version?: 1 | 2; readonly extent?: number },
  ): Uint8Array;
}
