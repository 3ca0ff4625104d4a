import { existsSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { smsGatewayKinds, type SmsGatewayKind } from '../shared/model/source.ts';
import type { Mode } from './record/record.ts';

/** The settings of one server, from the environment (contract, "Settings"). */
export interface Config {
  readonly mode: Mode;
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly redisUrl?: string;
  readonly redisPrefix: string;
  readonly basemaps: readonly string[];
  readonly publicUrl?: string;
  /** Address of an OSRM or Valhalla server. */
  readonly routerUrl?: string;
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
  readonly behindProxy: boolean;
  readonly logLevel: string;
  readonly missionFile?: string;
  readonly sourceKeyFile: string;
  /** Whether the settings say where the key is; a key in the usual place may be made. */
  readonly sourceKeyGiven: boolean;
  /** Where messages to callers go, by gateway; over what the mission file says. */
  readonly smsSend: Readonly<Partial<Record<SmsGatewayKind, SmsSend>>>;
}

export interface SmsSend {
  readonly url: string;
  readonly secret?: string;
}

type Env = Readonly<Record<string, string | undefined>>;
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** A wrong setting: one line that names the variable, what was given and what is expected. */
function wrong(name: string, given: string, expected: string): Error {
  return new Error(`${name}: "${given}" is not ${expected}`);
}

/** Reads the settings. Throws an Error of one readable line for the first that is wrong. */
export function readConfig(env: Env, mode: Mode): Config {
  const host = text(env, 'HOST') ?? '127.0.0.1';
  const tls = readTls(env);
  const behindProxy = flag(env, 'BEHIND_PROXY');
  if (!isLoopback(host) && !tls && !behindProxy) {
    throw wrong('HOST', host, 'a loopback address; for others set TLS_CERT and TLS_KEY, or BEHIND_PROXY=1');
  }
  const dataDir = resolve(text(env, 'DATA_DIR') ?? (mode === 'exercise' ? './data/exercise' : './data'));
  const redisUrl = readRedisUrl(env);
  const publicUrl = readUrl(env, 'PUBLIC_URL');
  const routerUrl = readUrl(env, 'ROUTER_URL');
  checkLaterSettings(env);
  const missionFile = text(env, 'MISSION');
  return {
    mode,
    port: integer(env, 'PORT', 8080, 0, 65_535),
    host,
    dataDir,
    redisPrefix: readPrefix(env, mode),
    behindProxy,
    logLevel: readLogLevel(env),
    sourceKeyFile: readSourceKeyFile(env, dataDir),
    sourceKeyGiven: text(env, 'SOURCE_KEY_FILE') !== undefined,
    smsSend: readSmsSend(env),
    ...(redisUrl === undefined ? {} : { redisUrl }),
    basemaps: readBasemaps(env),
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...(routerUrl === undefined ? {} : { routerUrl }),
    ...(tls === undefined ? {} : { tls }),
    ...(missionFile === undefined ? {} : { missionFile }),
  };
}

/** A setting, or the content of the file that `NAME_FILE` names (how secrets are handed over). */
function text(env: Env, name: string): string | undefined {
  const given = env[name]?.trim();
  if (given !== undefined && given !== '') return given;
  const file = env[`${name}_FILE`]?.trim();
  if (file === undefined || file === '' || name === 'SOURCE_KEY') return undefined;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new Error(
      `${name}_FILE: "${file}" cannot be read (${(cause as NodeJS.ErrnoException).code ?? 'error'})`,
      { cause },
    );
  }
}

function integer(env: Env, name: string, fallback: number, min: number, max: number): number {
  const given = text(env, name);
  if (given === undefined) return fallback;
  const value = Number(given);
  if (!/^\d+$/.test(given) || value < min || value > max)
    throw wrong(name, given, `a whole number from ${min} to ${max}`);
  return value;
}

function flag(env: Env, name: string): boolean {
  const given = text(env, name);
  if (given === undefined || given === '0') return false;
  if (given === '1') return true;
  throw wrong(name, given, '0 or 1');
}

function readUrl(env: Env, name: string): string | undefined {
  const given = text(env, name);
  if (given === undefined) return undefined;
  if (!/^https?:\/\/[^/]/.test(given) || !URL.canParse(given))
    throw wrong(name, given, 'an http or https address');
  return given;
}

/** The address is checked by its scheme only; its parts may hold a password and are never repeated. */
function readRedisUrl(env: Env): string | undefined {
  const given = text(env, 'REDIS_URL');
  if (given === undefined || /^(redis|rediss|redis-sentinel):\/\/./.test(given)) return given;
  if (/^[\w.-]+:\d+(,[\w.-]+:\d+)+$/.test(given)) return given;
  throw new Error(
    'REDIS_URL: the value given is not redis://…, rediss://…, a comma-separated list of Cluster nodes, or redis-sentinel://…',
  );
}

function readPrefix(env: Env, mode: Mode): string {
  const given = text(env, 'REDIS_PREFIX');
  if (given === undefined) return mode === 'exercise' ? 'nightflash-exercise' : 'nightflash';
  if (!/^[\w.:-]{1,100}$/.test(given))
    throw wrong('REDIS_PREFIX', given, 'letters, digits and . _ : - (1 to 100)');
  return given;
}

function readLogLevel(env: Env): string {
  const given = text(env, 'LOG_LEVEL') ?? 'info';
  if (!logLevels.includes(given)) throw wrong('LOG_LEVEL', given, `one of ${logLevels.join(', ')}`);
  return given;
}

/** One pack, or several with commas between them: each later one is drawn over those before it. */
function readBasemaps(env: Env): readonly string[] {
  const given = text(env, 'BASEMAP')?.split(',') ?? [];
  const packs = given.map((pack) => pack.trim()).filter((pack) => pack !== '');
  const bad = packs.find((pack) => !/^https?:\/\//.test(pack) && !existsSync(pack));
  if (bad === undefined) return packs;
  throw wrong('BASEMAP', bad, 'files that are there, or http or https addresses, of .pmtiles packs');
}

/** Settings of doors that come later: a wrong value is told now, not on the day the door opens. */
function checkLaterSettings(env: Env): void {
  integer(env, 'COT_PORT', 0, 0, 65_535);
  integer(env, 'COT_TLS_PORT', 0, 0, 65_535);
  const allowed = text(env, 'COT_ALLOW')?.split(',') ?? [];
  const bad = allowed.find((entry) => isIP(entry.trim().split('/')[0] ?? '') === 0);
  if (bad !== undefined) throw wrong('COT_ALLOW', bad, 'an address or a network such as 10.1.0.0/16');
}

/** `SMS_SEND_URL_TWILIO` with `SMS_SEND_SECRET_TWILIO`, and so on. The address may hold a password: it is not repeated. */
function readSmsSend(env: Env): Config['smsSend'] {
  const found = smsGatewayKinds.flatMap((kind) => {
    const name = `SMS_SEND_URL_${kind.toUpperCase()}`;
    const url = text(env, name);
    if (url === undefined) return [];
    if (!/^https?:\/\/[^/]/.test(url) || !URL.canParse(url))
      throw new Error(`${name}: the value given is not an http or https address`);
    const secret = text(env, `SMS_SEND_SECRET_${kind.toUpperCase()}`);
    return [[kind, { url, ...(secret === undefined ? {} : { secret }) }] as const];
  });
  return Object.fromEntries(found);
}

/** The key must not lie beside what it opens. */
function readSourceKeyFile(env: Env, dataDir: string): string {
  const file = resolve(text(env, 'SOURCE_KEY_FILE') ?? join(homedir(), '.nightflash', 'source-key'));
  if (file.startsWith(`${dataDir}/`)) throw wrong('SOURCE_KEY_FILE', file, 'outside of DATA_DIR');
  return file;
}

function readPem(name: string, file: string): void {
  try {
    if (/-----BEGIN [A-Z ]+-----/.test(readFileSync(file, 'utf8'))) return;
  } catch (cause) {
    throw new Error(
      `${name}: "${file}" cannot be read (${(cause as NodeJS.ErrnoException).code ?? 'error'})`,
      { cause },
    );
  }
  throw wrong(name, file, 'a file in PEM form');
}

function readTls(env: Env): Config['tls'] {
  const certFile = env['TLS_CERT']?.trim() || undefined;
  const keyFile = env['TLS_KEY']?.trim() || undefined;
  if (certFile === undefined && keyFile === undefined) return undefined;
  if (certFile === undefined)
    throw new Error('TLS_CERT: is missing while TLS_KEY is set; give both files or none');
  if (keyFile === undefined)
    throw new Error('TLS_KEY: is missing while TLS_CERT is set; give both files or none');
  readPem('TLS_CERT', certFile);
  readPem('TLS_KEY', keyFile);
  return { certFile, keyFile };
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
