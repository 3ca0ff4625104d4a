/**
 * Who may import whom (README, "Rooms"). A room is a folder; a file may import its own room and what stands here.
 * Change it together with the README, with the reason.
 */
export const mayImport: Readonly<Record<string, readonly string[]>> = {
  shared: [],

  'server/record': ['shared'],
  'server/diagnostics': ['shared'],
  'server/config': ['server/record'],
  'server/picture': ['shared', 'server/record', 'server/diagnostics'],
  // Who of the servers does the standing work; the work itself it is given by main.
  'server/leader': ['server/record', 'server/diagnostics'],
  'server/mission': ['shared'],
  'server/audience': ['shared', 'server/mission', 'server/picture'],
  // Names and their spellings, over what audience lets through: web asks it, and so may reports.
  'server/search': ['shared', 'server/audience', 'server/mission', 'server/picture'],
  // Pure: picture and time in, entries out; who runs them and when is the leader's, by main.
  'server/watches': ['shared', 'server/mission', 'server/picture'],
  'server/ingest': ['shared', 'server/mission', 'server/picture', 'server/record'],
  'server/identity': ['shared', 'server/record'],
  'server/feeds': ['shared', 'server/ingest', 'server/identity', 'server/web'],
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
    'server/audience',
    'server/diagnostics',
    'server/fanout',
    'server/identity',
    'server/ingest',
    'server/mission',
    'server/picture',
    'server/record',
    'server/search',
    'server/config',
  ],
  'server/control': ['shared', 'server/diagnostics', 'server/identity', 'server/record'],
  'server/basemap': ['shared', 'server/exercise'],
  'server/exercise': ['shared', 'server/diagnostics', 'server/ingest', 'server/mission', 'server/picture'],
  // The composition root and its parts.
  'server/main': ['shared', 'server'],
  'server/open-doors': ['shared', 'server'],
  'server/open-web': ['shared', 'server'],
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
  minisearch: ['server/search'],
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
