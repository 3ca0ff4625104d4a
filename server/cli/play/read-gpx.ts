import { XMLParser } from 'fast-xml-parser';
import {
  parseTrackNumber,
  parseTrackTime,
  toTrackFix,
  type TrackFix,
  type TrackReader,
} from './track-fix.ts';

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
});

/** What the reader stops at; everything between is passed over. */
const marks = /<!--|<(?:[\w.-]+:)?(trkpt|trk|name)(?=[\s/>])[^>]*>/g;
/** A recording with a longer piece between two marks than this is no GPX. */
const longestPiece = 1_000_000;

/**
 * GPX 1.0 and 1.1: the points of its tracks, each track a unit by its name. The file is cut into points as it comes
 * and only a point at a time is parsed, so that its size does not matter.
 */
export const readGpx: TrackReader = async function* readGpx(bytes, { name, onUnreadable }) {
  const cutter = new GpxCutter(name);
  const decoder = new TextDecoder();
  let count = 0;
  for await (const chunk of bytes) {
    for (const fix of cutter.push(decoder.decode(chunk, { stream: true }))) {
      count += 1;
      if (typeof fix === 'string') onUnreadable({ where: `point ${count}`, why: fix });
      else yield fix;
    }
  }
};

/** Finds the points in text that arrives in pieces of any size. */
class GpxCutter {
  readonly #fileName: string;
  #text = '';
  #tracks = 0;
  #points = 0;
  #trackName: string | undefined;

  constructor(fileName: string) {
    this.#fileName = fileName;
  }

  push(piece: string): (TrackFix | string)[] {
    this.#text += piece;
    const fixes: (TrackFix | string)[] = [];
    let done = 0;
    marks.lastIndex = 0;
    for (let mark = marks.exec(this.#text); mark; mark = marks.exec(this.#text)) {
      const end = this.#endOf(mark);
      if (end === undefined) {
        done = mark.index;
        break;
      }
      const fix = this.#take(mark[1], this.#text.slice(mark.index, end));
      if (fix !== undefined) fixes.push(fix);
      done = end;
      marks.lastIndex = end;
    }
    this.#forget(done);
    return fixes;
  }

  /** Where the thing that a mark begins has ended; undefined while its end has not come yet. */
  #endOf(mark: RegExpExecArray): number | undefined {
    const [head, tag] = mark;
    const after = mark.index + head.length;
    if (tag === 'trk' || head.endsWith('/>')) return after;
    const closing =
      tag === undefined
        ? /-->/g
        : tag === 'name'
          ? /<\/(?:[\w.-]+:)?name\s*>/g
          : /<\/(?:[\w.-]+:)?trkpt\s*>/g;
    closing.lastIndex = after;
    const close = closing.exec(this.#text);
    return close ? close.index + close[0].length : undefined;
  }

  #take(tag: string | undefined, xml: string): TrackFix | string | undefined {
    if (tag === 'trk') {
      this.#tracks += 1;
      this.#points = 0;
      this.#trackName = undefined;
    } else if (tag === 'name') {
      if (this.#tracks > 0 && this.#points === 0) this.#trackName = textIn(xml, 'name');
    } else if (tag === 'trkpt') {
      this.#points += 1;
      return this.#fixOf(xml);
    }
    return undefined;
  }

  #fixOf(xml: string): TrackFix | string {
    const point = objectIn(parser.parse(xml), 'trkpt');
    const extensions = objectIn(point, 'extensions');
    const more = objectIn(extensions, 'TrackPointExtension');
    const text = (name: string): string | undefined =>
      [point, extensions, more].map((holder) => holder[name]).find((value) => typeof value === 'string');
    return toTrackFix({
      unit: this.#unit(),
      atMs: parseTrackTime(text('time') ?? ''),
      lat: parseTrackNumber(text('lat')),
      lon: parseTrackNumber(text('lon')),
      altitudeM: parseTrackNumber(text('ele')),
      courseDeg: parseTrackNumber(text('course')),
      speedMps: parseTrackNumber(text('speed')),
    });
  }

  #unit(): string {
    const named = this.#trackName?.trim();
    if (named) return named;
    return this.#tracks > 1 ? `${this.#fileName} ${this.#tracks}` : this.#fileName;
  }

  /** Keeps what is not used up: from an unfinished mark on, or the last characters, in which one may have begun. */
  #forget(done: number): void {
    const rest = this.#text.slice(done);
    const open = rest.lastIndexOf('<');
    this.#text =
      open < 0 ? '' : /^<(?:!--|(?:[\w.-]+:)?(?:trkpt|name)[\s/>])/.test(rest) ? rest : rest.slice(open);
    if (this.#text.length > longestPiece)
      throw new Error(`${this.#fileName}: it is not GPX that can be read`);
  }
}

type Holder = Readonly<Record<string, unknown>>;

function objectIn(holder: unknown, name: string): Holder {
  const value = typeof holder === 'object' && holder !== null ? (holder as Holder)[name] : undefined;
  return typeof value === 'object' && value !== null ? (value as Holder) : {};
}

function textIn(xml: string, name: string): string | undefined {
  const parsed: unknown = parser.parse(xml);
  const value = typeof parsed === 'object' && parsed !== null ? (parsed as Holder)[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}
