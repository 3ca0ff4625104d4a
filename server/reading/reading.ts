import type { Channel } from '../../shared/model/alert-lists.ts';
import { distanceM } from '../../shared/geo/distance.ts';
import type { ReadPlace, Reading } from '../../shared/model/reading.ts';
import { findCoordinates, type FoundCoordinates } from './find-coordinates.ts';
import { findMeaning } from './find-meaning.ts';
import { findPlaces, type Near } from './find-places.ts';
import type { Registry } from './place-names.ts';
import { readable, tokensOf } from './tokens.ts';
import { hitsIn } from './words/words.ts';

export type { Reading, ReadPlace } from '../../shared/model/reading.ts';
export type { Registry } from './place-names.ts';

/** What is read. */
export interface Message {
  readonly text: string;
  /** Where the registry says that the sender lives. */
  readonly senderPlaceId?: string | undefined;
  /** Where whoever takes the message looks, when the sender's place is not known. */
  readonly near?: Near | undefined;
  readonly channel?: Channel | undefined;
  readonly atMs: number;
}

const senderConfidence = 0.75;
/** A place that the text names so surely casts doubt on the sender's own. */
const sureName = 0.6;

/**
 * Reads a message by rule: where (the sender's village, else coordinates in any notation, else a name of the
 * registry), what, how urgent, in which language, how many. Pure, and never throws: what cannot be read is absent, the
 * category then `other`.
 */
export function readMessage(message: Message, registry: Registry): Reading {
  const text = readable(message.text);
  const tokens = tokensOf(text);
  const hits = hitsIn(tokens);
  const sender = message.senderPlaceId === undefined ? undefined : registry.place(message.senderPlaceId);
  const coordinates = findCoordinates(text);
  const places = [
    ...(sender ? [placeOfSender(sender)] : []),
    ...(coordinates ? [placeOfCoordinates(coordinates)] : []),
    ...findPlaces(tokens, hits, registry, sender ?? coordinates ?? message.near),
  ];
  const [place, ...otherPlaces] = sender ? doubted(places) : places;
  return {
    ...(place ? { place } : {}),
    otherPlaces: otherPlaces
      .filter((other) => other.placeId === undefined || other.placeId !== place?.placeId)
      .slice(0, 6),
    ...findMeaning(tokens, hits),
    ...(coordinates ? { coordinates: coordinatesOut(coordinates) } : {}),
  };
}

function placeOfSender({ id, name, lon, lat }: NonNullable<ReturnType<Registry['place']>>): ReadPlace {
  const confidence = senderConfidence;
  return { placeId: id, name, lon, lat, precision: 'village', how: 'sender', matched: '', confidence };
}

function placeOfCoordinates({ lon, lat, precisionM, matched }: FoundCoordinates): ReadPlace {
  const precision = precisionM <= 1_000 ? 'exact' : precisionM <= 5_000 ? 'village' : 'area';
  return { lon, lat, precision, how: 'coordinates', matched, confidence: precisionM <= 1_000 ? 0.9 : 0.7 };
}

/** The sender's own place counts less where the text says another, and more where it says this one. */
function doubted([sender, ...others]: readonly ReadPlace[]): readonly ReadPlace[] {
  if (!sender) return others;
  const itself = others.find(({ placeId }) => placeId === sender.placeId);
  const another = others.find(
    (other) =>
      other.confidence >= sureName && distanceM(sender.lon, sender.lat, other.lon, other.lat) > 1_000,
  );
  const confidence = itself ? 0.95 : another ? 0.5 : sender.confidence;
  return [{ ...sender, confidence, matched: itself?.matched ?? '' }, ...others];
}

function coordinatesOut({ lon, lat, precisionM, format, matched }: FoundCoordinates): Reading['coordinates'] {
  return { lon, lat, precisionM, format, matched };
}
