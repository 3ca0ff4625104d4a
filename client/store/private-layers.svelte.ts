import type { BboxOf } from '../../shared/geo/area.ts';
import {
  FileRefused,
  kindOfFile,
  readGeoJson,
  type FileProblem,
  type PrivateContent,
  type PrivateShape,
} from './private-file.ts';

/** A file that an operator has laid over the map. It is never sent anywhere, and gone when the page is. */
export interface PrivateLayer {
  readonly id: number;
  /** The file's name. */
  readonly name: string;
  readonly shapes: readonly PrivateShape[];
  readonly bbox: BboxOf;
  readonly isShown: boolean;
  /** Which of the colours it has, counted from nought. */
  readonly colour: number;
}

export interface FileFault {
  readonly name: string;
  readonly problem: FileProblem | 'unreadable';
  /** Line or feature, counted from one; 0 where it is not known. */
  readonly at: number;
}

type PlainFile = Pick<File, 'name' | 'size' | 'text'>;

export class PrivateLayers {
  all = $state.raw<readonly PrivateLayer[]>([]);
  /** Why the last file is not shown. */
  fault = $state.raw<FileFault | undefined>();
  #made = 0;

  get shown(): readonly PrivateLayer[] {
    return this.all.filter(({ isShown }) => isShown);
  }

  /** Lays a file over the map; answers the layer, or undefined where `fault` says why there is none. */
  async open(file: PlainFile): Promise<PrivateLayer | undefined> {
    this.fault = undefined;
    try {
      const content = await contentOf(file);
      const layer = {
        ...content,
        id: this.#made,
        name: file.name,
        isShown: true,
        colour: this.#made % 4,
      };
      this.#made += 1;
      this.all = [...this.all, layer];
      return layer;
    } catch (cause) {
      const { problem, at } =
        cause instanceof FileRefused ? cause : { problem: 'unreadable' as const, at: 0 };
      this.fault = { name: file.name, problem, at };
      return undefined;
    }
  }

  toggle(id: number): void {
    this.all = this.all.map((layer) => (layer.id === id ? { ...layer, isShown: !layer.isShown } : layer));
  }

  remove(id: number): void {
    this.all = this.all.filter((layer) => layer.id !== id);
  }
}

/** The reader of KML and GPX is loaded when the first such file comes. */
async function contentOf(file: PlainFile): Promise<PrivateContent> {
  const kind = kindOfFile(file);
  const text = await file.text();
  if (kind === 'geojson') return readGeoJson(text);
  const { readXml } = await import('./private-xml.ts');
  return readXml(text, kind);
}
