import { gpx, kml } from '@tmcw/togeojson';
import { FileRefused, shapesOf, type PrivateContent } from './private-file.ts';

/**
 * The shapes of a KML or GPX text; throws `FileRefused`. The browser's parser reads no external entities and fetches
 * nothing that a file names.
 */
export function readXml(text: string, kind: 'kml' | 'gpx'): PrivateContent {
  const page = new DOMParser().parseFromString(text, 'text/xml');
  const fault = page.querySelector('parsererror');
  if (fault) throw new FileRefused('not-xml', Number(/line (\d+)/i.exec(fault.textContent)?.[1] ?? 0));
  return shapesOf(kind === 'kml' ? kml(page) : gpx(page));
}
