/**
 * Who may import whom (README, "Rooms"). A room is a folder; a file may import its own room and what stands here.
 * Change it together with the README, with the reason.
 */
export const mayImport: Readonly<Record<string, readonly string[]>> = {
  shared: [],

  'server/record': ['shared'],
  'server/diagnostics': ['shared'],
  'server/config': ['shared', 'server/record'],
  'server/picture': ['shared', 'server/record', 'server/diagnostics'],
  // Who of the servers does the standing work; the work itself it is given by main.
  'server/leader': ['server/record', 'server/diagnostics'],
  'server/mission': ['shared'],
  'server/audience': ['shared', 'server/mission', 'server/picture'],
  // Names and their spellings, over what audience lets through: web asks it, and so may reports.
  'server/search': ['shared', 'server/audience', 'server/mission', 'server/picture'],
  // Messages in, what they say out: gateways ask it at their doors, and web for the form of liaison assistants.
  'server/reading': ['shared', 'server/picture'],
  // Travel times, over the mission's roads.
  'server/roads': ['shared', 'server/mission'],
  // Who can get there: pure, from the picture and the roads; what the asking person may see it is told.
  'server/responders': ['shared', 'server/picture', 'server/roads'],
  // Pure: picture and time in, entries out; who runs them and when is the leader's, by main.
  // Units on their way are watched over the roads, by the same conditions as they were ranked.
  'server/watches': ['shared', 'server/mission', 'server/picture', 'server/responders', 'server/roads'],
  // Texts and figures drafted from what audience lets through; pages and Word documents are made of them.
  'server/reports': ['shared', 'server/audience', 'server/mission', 'server/picture'],
  // The room that knows numbers; what leaves it are pseudonyms.
  'server/sources': ['shared', 'server/record'],
  'server/ingest': ['shared', 'server/sources', 'server/mission', 'server/picture', 'server/record'],
  'server/identity': ['shared', 'server/record'],
  'server/feeds': [
    'shared',
    'server/ingest',
    'server/reading',
    'server/identity',
    'server/web',
    // Messages and calls of people: their numbers are swapped for pseudonyms, their village is looked up.
    'server/sources',
    'server/picture',
  ],
  'server/fanout': [
    'shared',
    'server/audience',
    'server/mission',
    'server/picture',
    'server/identity',
    'server/diagnostics',
  ],
  'server/web': [
    'shared',
    'server/reading',
    'server/audience',
    'server/diagnostics',
    'server/fanout',
    'server/identity',
    'server/ingest',
    'server/mission',
    'server/picture',
    'server/record',
    'server/reports',
    'server/search',
    // How the external router is found to be, for /health.
    'server/roads',
    'server/config',
  ],
  'server/control': ['shared', 'server/diagnostics', 'server/identity', 'server/record'],
  'server/basemap': ['shared', 'server/exercise'],
  'server/exercise': ['shared', 'server/diagnostics', 'server/ingest', 'server/mission', 'server/picture'],
  // The composition root and its parts.
  'server/main': ['shared', 'server'],
  'server/open-doors': ['shared', 'server'],
  'server/open-web': ['shared', 'server'],
  'server/open-paper': ['shared', 'server'],
  'server/open-watch': ['shared', 'server'],
  'server/open-villages': ['shared', 'server'],
  'server/open-ways': ['shared', 'server'],
  'server/open-responders': ['shared', 'server'],
  'server/open-intake': ['shared', 'server'],
  'server/open-live': ['shared', 'server'],
  'server/open-standing-work': ['shared', 'server'],
  'server/stop-serving': ['shared', 'server'],
  'server/surroundings': ['shared', 'server'],
  'server/cli': ['shared', 'server'],

  'client/net': ['shared'],
  'client/store': ['shared', 'client/net'],
  'client/layers': ['shared', 'client/store'],
  'client/map': ['shared', 'client/store', 'client/layers'],
  'client/panels': ['shared', 'client/store', 'client/map'],
  'client/pages': ['shared', 'client/net', 'client/store', 'client/map', 'client/panels'],
  'client/main': ['shared', 'client'],
};

/** One foreign library has one home: everybody else asks the room that keeps it. */
export const homes: Readonly<Record<string, readonly string[]>> = {
  ioredis: ['server/record'],
  'classic-level': ['server/record'],
  'socket.io': ['server/fanout'],
  'socket.io-parser': ['shared/wire'],
  'h3-js': ['server/fanout', 'client/layers'],
  docx: ['server/reports'],
  minisearch: ['server/search'],
  'ngraph.graph': ['server/roads'],
  'ngraph.path': ['server/roads'],
  kdbush: ['server/roads'],
  geokdbush: ['server/roads'],
  suncalc: ['server/responders'],
  'libphonenumber-js': ['server/sources'],
  'fast-xml-parser': ['server/feeds', 'server/cli'],
  'xml-crypto': ['server/feeds'],
  express: ['server/web', 'server/feeds'],
  pino: ['server/diagnostics'],
  'prom-client': ['server/diagnostics'],
  'socket.io-client': ['client/net'],
  'maplibre-gl': ['client/map'],
  'terra-draw': ['client/map'],
  'terra-draw-maplibre-gl-adapter': ['client/map'],
  '@tmcw/togeojson': ['client/store'],
  '@deck.gl/maplibre': ['client/map'],
  '@deck.gl/layers': ['client/layers'],
  milsymbol: ['client/layers'],
};
