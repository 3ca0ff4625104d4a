import type { Place } from '../../shared/model/place.ts';
import type { LivePicture } from '../picture/live-picture.ts';
import { PlaceNames } from './place-names.ts';
import { readMessage, type Message, type Reading } from './reading.ts';

/** Reads messages against the places of the picture. */
export interface MessageReader {
  /** Waits until the names of all places can be read; begins with it where nobody has. */
  ready(): Promise<void>;
  read(message: Message): Promise<Reading>;
  /** The same at once, with the names that have been gathered so far. */
  readNow(message: Message): Reading;
  place(id: string): Place | undefined;
}

/** Reads messages against the places that there are now; their names are gathered at the first message. */
export function createMessageReader(livePicture: Pick<LivePicture, 'picture' | 'onNews'>): MessageReader {
  const names = new PlaceNames(livePicture);
  return {
    ready: () => names.ready(),
    async read(message) {
      await names.ready();
      return readMessage(message, names);
    },
    readNow(message) {
      void names.ready();
      return readMessage(message, names);
    },
    place: (id) => names.place(id),
  };
}
