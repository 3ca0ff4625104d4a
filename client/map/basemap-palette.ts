/** Every colour of the ground, one palette a theme. Text keeps 4.5:1 against land and water. */
export interface Palette {
  readonly sea: string;
  readonly land: string;
  readonly coast: string;
  readonly urban: string;
  readonly lake: string;
  readonly lakeShore: string;
  readonly river: string;
  readonly border: string;
  readonly province: string;
  readonly disputedArea: string;
  readonly roadMain: string;
  readonly roadMinor: string;
  readonly dot: string;
  readonly country: string;
  readonly area: string;
  readonly water: string;
  readonly town: string;
  readonly village: string;
  readonly halo: string;
}

export const dark: Palette = {
  sea: '#08111b',
  land: '#111b26',
  coast: '#2a3d51',
  urban: '#1b2937',
  lake: '#0a1e33',
  lakeShore: '#1d3c5c',
  river: '#1b3d5e',
  border: '#7690aa',
  province: '#3a4d60',
  disputedArea: '#231f2b',
  roadMain: '#807b6b',
  roadMinor: '#5b594e',
  dot: '#7d92a6',
  country: '#93a7ba',
  area: '#8297ab',
  water: '#7aa3c9',
  town: '#d5dfe8',
  village: '#a3b4c4',
  halo: '#0b1118',
};

export const bright: Palette = {
  sea: '#c4d6e4',
  land: '#f4f2ec',
  coast: '#8fa5b8',
  urban: '#e4dfd4',
  lake: '#b4cde0',
  lakeShore: '#86a6c0',
  river: '#8fb2cd',
  border: '#6a6f80',
  province: '#b3b6ba',
  disputedArea: '#e6dada',
  roadMain: '#a58f6e',
  roadMinor: '#c9bda6',
  dot: '#5d6873',
  country: '#414b55',
  area: '#46505a',
  water: '#245074',
  town: '#1c242c',
  village: '#3c4853',
  halo: '#ffffff',
};
