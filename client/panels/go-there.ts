import type { Desk } from '../store/desk.ts';
import type { Finding } from '../store/finding.ts';
import { zoomFor } from '../store/go-to.svelte.ts';
import type { MapPoint } from '../store/selection.svelte.ts';

/** Near enough to see a village and the ways into it. */
const placeZoom = 13;

/** Does what a finding is for: chooses the thing and takes the map to it, or carries out the command. */
export function goThere(finding: Finding, { selection, goTo }: Pick<Desk, 'selection' | 'goTo'>): void {
  switch (finding.kind) {
    case 'point': {
      const { lon, lat, precisionM } = finding.reading;
      selection.thing = undefined;
      selection.point = { lon, lat };
      return goTo.to({ lon, lat }, zoomFor(precisionM));
    }
    case 'unit':
      selection.select('unit', finding.row.id);
      if (finding.at) goTo.to(finding.at);
      return;
    case 'alert': {
      selection.select('alert', finding.alert.id);
      const at = placed(finding.alert);
      if (at) goTo.to(at);
      return;
    }
    case 'place':
      selection.select('place', finding.place.id);
      return goTo.to(finding.place, placeZoom);
    case 'view':
      return goTo.to(finding.view, finding.view.zoom);
    case 'command':
      return finding.command.run();
  }
}

function placed({ lon, lat }: { lon?: number; lat?: number }): MapPoint | undefined {
  return lon === undefined || lat === undefined ? undefined : { lon, lat };
}
