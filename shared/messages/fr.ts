import type { en } from './en.ts';
import { app } from './fr/app.ts';
import { cards } from './fr/cards.ts';
import { lists } from './fr/lists.ts';
import { map } from './fr/map.ts';
import { service } from './fr/service.ts';
import { settings } from './fr/settings.ts';
import { walls } from './fr/walls.ts';
import { words } from './fr/words.ts';

/** Français, tel qu’on l’emploie dans les missions : accuser réception, prise en compte, groupe date-heure. */
export const fr: Readonly<Record<keyof typeof en, string>> = {
  ...app,
  ...service,
  ...lists,
  ...map,
  ...cards,
  ...words,
  ...walls,
  ...settings,
};
