import { app } from './en/app.ts';
import { cards } from './en/cards.ts';
import { lists } from './en/lists.ts';
import { map } from './en/map.ts';
import { service } from './en/service.ts';
import { settings } from './en/settings.ts';
import { walls } from './en/walls.ts';
import { words } from './en/words.ts';

/**
 * English, and the source of the keys. ICU syntax; typographic apostrophes (a straight one quotes in ICU).
 * Words follow the mission's own use: acknowledge, task, stand down, DTG, MGRS.
 */
export const en = {
  ...app,
  ...service,
  ...lists,
  ...map,
  ...cards,
  ...words,
  ...walls,
  ...settings,
} as const;
