import type { watch as english } from '../en/watch.ts';

export const watch: Readonly<Record<keyof typeof english, string>> = {
  'watch.loading': 'Lecture du registre',
  'watch.none': 'Rien ici pour l’instant',
};
