import * as loaded from 'mgrs';

type Library = Pick<typeof loaded, 'forward' | 'toPoint'>;

/** Node reads this library as CommonJS, with everything under `default`; pages get it as a module with names. */
const names: Readonly<Record<string, unknown>> = loaded;
const library = (names['default'] ?? names) as Library; // what its types say is there under either

/** Longitude and latitude to MGRS without spaces; `digits` 5 is 1 m. */
export const forward: Library['forward'] = (point, digits) => library.forward(point, digits);
/** The middle of the square that an MGRS reference names, as longitude and latitude. */
export const toPoint: Library['toPoint'] = (reference) => library.toPoint(reference);
