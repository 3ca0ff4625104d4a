/**
 * Layers a map pack of this project may hold, with their properties. Every pack declares all of them, also
 * those it leaves empty: one style draws any pack, and MapLibre complains of a layer that a pack does not
 * declare.
 */
export const packLayers = {
  land: { outline: 'Number' },
  country: { iso: 'String', name: 'String' },
  urban: {},
  disputed: { name: 'String' },
  water: { name: 'String', rank: 'Number' },
  river: { name: 'String', rank: 'Number' },
  boundary: { level: 'Number', disputed: 'Number' },
  road: { rank: 'Number', class: 'String' },
  airport: { name: 'String' },
  place: { name: 'String', kind: 'String', rank: 'Number', pop: 'Number' },
  label: { kind: 'String', name: 'String', 'name:fr': 'String', 'name:ar': 'String', rank: 'Number' },
} as const satisfies Record<string, Record<string, 'String' | 'Number'>>;
export type PackLayer = keyof typeof packLayers;
