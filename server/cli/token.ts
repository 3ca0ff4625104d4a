import { roles, type Role } from '../../shared/role.ts';
import { readConfig } from '../config.ts';
import { askRunningServer } from '../control/control.ts';
import { createToken, withdrawToken, type TokenRequest } from '../identity/tokens.ts';
import type { Mode } from '../record/record.ts';
import { complainAndExit } from './complain.ts';
import { parseDuration, readOptions } from './options.ts';
import { withRecord } from './with-record.ts';

const usage =
  'npm run token -- --role=ROLE [--name=NAME] [--unit=ID]… [--sector=ID]… [--expires=90d] [--door] [--exercise], or --revoke=TOKEN';

/** `npm run token`: makes an access token; its last line on stdout is the token. */
async function token(): Promise<void> {
  const { values } = readOptions(usage, {
    role: { type: 'string' },
    name: { type: 'string' },
    unit: { type: 'string', multiple: true },
    sector: { type: 'string', multiple: true },
    expires: { type: 'string' },
    door: { type: 'boolean' },
    exercise: { type: 'boolean' },
    revoke: { type: 'string' },
  });
  const mode = values.exercise ? 'exercise' : 'live';
  if (values.revoke !== undefined) return revoke(values.revoke, mode);
  const request = readRequest(values);
  const config = readConfig(process.env, mode);
  const asked =
    config.redisUrl === undefined
      ? await askRunningServer(config.dataDir, { do: 'token', request })
      : undefined;
  const made =
    asked ?? (await withRecord(mode, ({ record }) => createToken(record.shelf, request, Date.now())));
  process.stdout.write(`${made}\n`);
}

/** Withdraws a token, given in full or by its id; what it opened closes within half a minute. */
async function revoke(given: string, mode: Mode): Promise<void> {
  const id = /^nf_(.{12})_/.exec(given)?.[1] ?? given;
  const { dataDir, redisUrl } = readConfig(process.env, mode);
  const asked = redisUrl === undefined ? await askRunningServer(dataDir, { do: 'withdraw', id }) : undefined;
  const done = asked ?? String(await withRecord(mode, ({ record }) => withdrawToken(record.shelf, id)));
  if (done !== 'true') throw new Error(`--revoke: there is no token ${id}`);
  process.stdout.write(`withdrawn ${id}\n`);
}

interface Values {
  readonly role?: string;
  readonly name?: string;
  readonly unit?: string[];
  readonly sector?: string[];
  readonly expires?: string;
  readonly door?: boolean;
}

function readRequest(values: Values): TokenRequest & { units?: string[]; sectors?: string[] } {
  const { role, name, expires } = values;
  if (role === undefined || !isRole(role)) {
    throw new Error(`--role: "${role ?? ''}" is not one of ${roles.join(', ')}; usage: ${usage}`);
  }
  const lifeMs = expires === undefined ? undefined : parseDuration(expires);
  if (expires !== undefined && lifeMs === undefined) {
    throw new Error(`--expires: "${expires}" is not a length of time such as 90d, 12h or 30m`);
  }
  return {
    role,
    ...(name === undefined ? {} : { name }),
    ...(values.unit ? { units: splitList(values.unit) } : {}),
    ...(values.sector ? { sectors: splitList(values.sector) } : {}),
    ...(lifeMs === undefined ? {} : { expiresAtMs: Date.now() + lifeMs }),
    ...(values.door ? { use: 'door' as const } : {}),
  };
}

/** `--unit=a --unit=b` and `--unit=a,b` mean the same. */
function splitList(given: readonly string[]): string[] {
  return given
    .flatMap((text) => text.split(','))
    .map((text) => text.trim())
    .filter((text) => text !== '');
}

function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text);
}

token().then(() => process.exit(0), complainAndExit);
