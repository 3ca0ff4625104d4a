import { json, operation, ref, text, type JsonSchema, type Paths } from './openapi-shape.ts';

const health: JsonSchema = {
  type: 'object',
  properties: {
    status: { type: 'string', enum: ['ok', 'failing'] },
    reason: { type: 'string', description: 'why it cannot serve' },
    record: { type: 'string', enum: ['redis', 'embedded'] },
    durability: { type: 'string', enum: ['always', 'everysec', 'none'] },
    writable: { type: 'boolean' },
    lagMs: { type: 'number', description: 'age of the newest heartbeat in the picture' },
    leads: {
      type: 'boolean',
      description: 'whether this of several servers does what is done once for all',
    },
    mode: { type: 'string', enum: ['live', 'exercise'] },
    mission: text,
    epoch: text,
    seq: { type: 'integer' },
    passedOver: { type: 'integer', description: 'entries of the record that this version cannot read' },
    sources: { type: 'string', enum: ['open', 'closed'], description: 'whether callers are known here' },
    sourceKey: { type: 'string', enum: ['missing', 'wrong'], description: 'why the sources are closed' },
    unreadableTexts: {
      type: 'integer',
      description: 'alerts whose text this server has no key for; 0 where all can be read or were erased',
    },
    router: {
      type: 'object',
      description: 'the external router, where there is one',
      properties: {
        state: { type: 'string', enum: ['unknown', 'answers', 'silent'] },
        silentSince: { type: 'string', format: 'date-time' },
      },
      required: ['state'],
    },
    version: text,
  },
  required: ['status', 'record', 'durability', 'lagMs'],
};

const session: JsonSchema = {
  type: 'object',
  description: 'who is signed in, and the mission',
  properties: {
    account: { ...text, description: 'what the preferences are kept under: the id of the token' },
    role: text,
    name: text,
    units: { type: 'array', items: text },
    sectors: { type: 'array', items: text },
    mode: { type: 'string', enum: ['live', 'exercise'] },
    mission: { type: 'object' },
    packs: { type: 'array', items: text, description: 'addresses of the map packs' },
    preferences: ref('Preferences'),
    bounds: { type: 'array', items: { type: 'number' }, minItems: 4, maxItems: 4 },
  },
  required: ['account', 'role', 'name', 'units', 'sectors', 'mode', 'mission', 'packs', 'preferences'],
};

const signIn: JsonSchema = {
  anyOf: [
    { type: 'object', properties: { token: text }, required: ['token'] },
    {
      type: 'object',
      properties: { code: { ...text, description: 'of a sign-in link' } },
      required: ['code'],
    },
  ],
};

const sessionPath: Paths[string] = {
  get: operation({
    id: 'getSession',
    tag: 'Session',
    summary: 'Who am I?',
    answers: { 200: { description: 'who is signed in', content: json(session) } },
  }),
  post: operation({
    id: 'postSession',
    tag: 'Session',
    summary: 'Sign in to a cookie',
    description: 'With a token, or with the code of a link (single use, 15 minutes).',
    body: json(signIn),
    answers: { 200: { description: 'signed in; the cookie is set', content: json(session) } },
    failures: ['not-signed-in', 'origin-refused', 'too-many-requests', 'field-invalid'],
    signIn: [],
  }),
  delete: operation({
    id: 'deleteSession',
    tag: 'Session',
    summary: 'Sign out',
    answers: { 204: { description: 'signed out' } },
    signIn: [],
  }),
};

/** Signing in, and the service itself. */
export const servicePaths: Paths = {
  '/health': {
    get: operation({
      id: 'getHealth',
      tag: 'Service',
      summary: 'Whether the service serves',
      answers: {
        200: { description: 'it serves', content: json(health) },
        503: { description: 'it cannot serve; `reason` says why', content: json(health) },
      },
      signIn: [],
    }),
  },
  '/metrics': {
    get: operation({
      id: 'getMetrics',
      tag: 'Service',
      summary: 'Figures for Prometheus',
      description: 'From the same machine without a token; from elsewhere, or behind a proxy, with one.',
      answers: { 200: { description: 'Prometheus text', content: { 'text/plain': { schema: text } } } },
      failures: ['role-not-allowed'],
    }),
  },
  '/api/openapi.json': {
    get: operation({
      id: 'getOpenApi',
      tag: 'Service',
      summary: 'This description, for programs',
      answers: { 200: { description: 'OpenAPI 3.1', content: json({ type: 'object' }) } },
      signIn: [],
    }),
  },
  '/api/docs': {
    get: operation({
      id: 'getDocs',
      tag: 'Service',
      summary: 'This description, for reading',
      answers: { 200: { description: 'a page', content: { 'text/html': { schema: text } } } },
      signIn: [],
    }),
  },
  '/api/session': sessionPath,
  '/api/preferences': {
    put: operation({
      id: 'putPreferences',
      tag: 'Session',
      summary: 'Keep how this account wants its screens',
      description:
        'The whole or any part: fields that are given are replaced, groups and lists whole; the others stay. `null` clears a field that may be absent.',
      body: json(ref('Preferences')),
      answers: { 200: { description: 'all preferences as they are now', content: json(ref('Preferences')) } },
      failures: ['field-missing', 'field-invalid', 'field-out-of-range'],
    }),
  },
};
