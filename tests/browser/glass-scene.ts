import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { scrollsSideways, unreadableOn } from './glass.ts';
import type { Stage } from './screens.ts';

export const sizes = {
  desk: { width: 1440, height: 900 },
  office: { width: 1200, height: 800 },
  wide: { width: 1920, height: 1080 },
  tablet: { width: 1024, height: 768 },
  phone: { width: 390, height: 844 },
  large: { width: 3840, height: 2160 },
} as const;
export type Size = keyof typeof sizes;

/** What is said in every alert of the scene. */
export const said =
  'Armed men seen on the track north of the market, about twenty, moving towards the river crossing';

/** A morning in a mission: alerts of every priority, units of every age, a threat, places with long names. */
export async function setScene(stage: Stage): Promise<void> {
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
  await stage.post('/api/places/import', 'admin', {
    type: 'FeatureCollection',
    features: ['Mabiri', 'Kolwa', 'Saint-Étienne-du-Grand-Fleuve'].map((name, index) => ({
      type: 'Feature',
      id: `place-${index}`,
      geometry: { type: 'Point', coordinates: [29.4 + index * 0.3, 1.4 + index * 0.2] },
      properties: { kind: 'village', name, population: 2_300 },
    })),
  });
  const alerts = ['P1', 'P2', 'P3', 'P4'].map((priority, index) => ({
    id: `scene-${priority}`,
    category: ['attack-in-progress', 'armed-group-movement', 'intercommunal-tension', 'returnee'][index],
    priority,
    text: said,
    channel: 'sms',
    placeId: `place-${index % 3}`,
    occurredAt: ago(5),
    sourceGrade: 'B',
    infoGrade: 3,
  }));
  for (const one of alerts) await stage.post('/api/alerts', 'watch', one);
  await stage.post('/api/threats', 'watch', {
    kind: 'armed-group',
    geometry: { type: 'Point', coordinates: [29.9, 1.2] },
    radiusM: 9_000,
    likelihood: 4,
    impact: 5,
    validFrom: ago(60),
    text: 'Group of forty seen two days ago',
  });
  await stage.post(
    '/api/positions',
    'feed',
    [0, 3, 12, 90].map((minutes, index) => ({
      unit: `LRP ${index + 1}`,
      time: ago(minutes),
      lon: 29.3 + index * 0.25,
      lat: 1.1 + index * 0.15,
      courseDeg: 40,
      speedMps: 9,
    })),
  );
}

/** What slides in is where it goes, however seldom the browser draws; a mark that calls for ever goes on. */
export function standsStill(page: Page): Promise<void> {
  return page.evaluate(() => {
    for (const one of document.getAnimations())
      if (one.effect?.getComputedTiming().endTime !== Infinity) one.finish();
  });
}

export async function expectReadable(page: Page, where: string): Promise<void> {
  await standsStill(page);
  expect.soft(await unreadableOn(page), `unreadable on ${where}`).toEqual([]);
  expect.soft(await scrollsSideways(page), `${where} scrolls sideways`).toBe(false);
}
