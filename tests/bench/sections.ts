import { browserUpdates, memoryOverTime } from './browser.ts';
import { packedIngest, singlePosts } from './ingest.ts';
import { interactions } from './interactions.ts';
import { alertSection } from './measures/alerts.ts';
import { alertStormSection } from './measures/alert-storm.ts';
import { bytesSection } from './measures/bytes.ts';
import { ceilingSections } from './measures/ceilings.ts';
import { connectSection } from './measures/connects.ts';
import { deliverySections } from './measures/deliveries.ts';
import { growthSections } from './measures/growth.ts';
import { respondersSection } from './measures/responders.ts';
import type { Section } from './measures/section.ts';
import { stalledSection } from './measures/stalled.ts';
import { soakWall } from './soak.ts';
import { startBySnapshot } from './start.ts';

const smallMission = { units: 5_000, entries: 50_000, fixesPerEntry: 1, tail: 2_000 };

/** The whole table, in the order in which it is printed. */
export const sections: readonly Section[] = [
  bytesSection,
  ...deliverySections,
  ...ceilingSections,
  connectSection,
  alertSection,
  alertStormSection,
  stalledSection,
  respondersSection,
  {
    name: 'ingest',
    title: 'the way in alone: packed fixes as fast as they are taken',
    goal: 'at least 295,000 a second (Redis everysec)',
    run: ({ isQuick }) => packedIngest(isQuick ? ['redis everysec'] : undefined),
  },
  { name: 'posts', title: 'the way in through HTTP, one fix a call', run: () => singlePosts() },
  ...growthSections,
  {
    name: 'start',
    title: 'start of a server, with a snapshot and a tail',
    run: ({ isQuick }) => startBySnapshot(isQuick ? smallMission : undefined),
  },
  {
    name: 'browser',
    title: 'main thread of a browser for one update in which every unit moved',
    goal: 'at most 4 ms with 50,000 units',
    run: () => browserUpdates(),
  },
  {
    name: 'interactions',
    title: 'what a watch officer does on the console while units move, ms (needs the built client)',
    goal: 'at most 100 ms with 5,000 units moving',
    run: () => interactions(),
  },
  {
    name: 'memory',
    title: 'JavaScript memory of a page in which 5,000 units move; MEMORY_MINUTES says for how long',
    goal: 'flat',
    run: () => memoryOverTime(Number(process.env['MEMORY_MINUTES'] ?? 4)),
  },
  {
    name: 'soak',
    title:
      'a wall with units, alerts and pages that turn; SOAK_MINUTES says for how long (needs the built client)',
    goal: 'nothing rises: heap, DOM, objects of the graphics card',
    run: ({ isQuick }) => soakWall(Number(process.env['SOAK_MINUTES'] ?? (isQuick ? 2 : 6))),
  },
];

/** What a quick run leaves out: each takes a minute or more by itself. */
export const slowSections: readonly string[] = [
  '20000x1000',
  'ceiling-100',
  'ingest',
  'posts',
  'browser',
  'interactions',
  'memory',
  'soak',
  'start',
  'stalled',
  'alert-storm',
];
