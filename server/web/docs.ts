// temporary stand-in so that the server runs; the engineer of this file overwrites it
export const docsPage = (_api: object): string => '';
export const docsCss = (): string => '';
