import { addProtocol, setWorkerUrl, type StyleSpecification } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { Protocol } from 'pmtiles';

let ready = false;

/** Tells MapLibre once where its worker is and how map packs are read (ranges of one file, from our own origin). */
export function prepareMapLibre(): void {
  if (ready) return;
  ready = true;
  setWorkerUrl(workerUrl);
  addProtocol('pmtiles', new Protocol().tile);
}

type MakeStyle = (options: {
  packs: readonly string[];
  theme: 'night' | 'day';
  fonts?: unknown;
  labelField?: string;
}) => StyleSpecification;

/** The ground under the picture. Without map packs it is plain: units and alerts are drawn all the same. */
export function groundStyle(packs: readonly string[], language: string): StyleSpecification {
  const found = import.meta.glob<{ basemapStyle: MakeStyle }>('./basemap-style.ts', { eager: true });
  const make = found['./basemap-style.ts']?.basemapStyle;
  if (make && packs.length > 0) return make({ packs, theme: 'night', labelField: `name:${language}` });
  return {
    version: 8,
    sources: {},
    layers: [{ id: 'ground', type: 'background', paint: { 'background-color': '#0d151e' } }],
  };
}
