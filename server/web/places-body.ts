// temporary stand-in so that the server runs; the engineer of this file overwrites it
export function placesOf(_text: string, _contentType: string): { places: never[]; rejected: never[] } { return { places: [], rejected: [] }; }
