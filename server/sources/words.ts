import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { Failure } from '../../shared/failure.ts';
import type { Shelf } from '../record/record.ts';
import { inFigures, type Seal } from './seal.ts';
import { sourcePrefix } from './source-shelf.ts';

/** Where the keys lie; no backup takes them along, or an old one would bring back what was erased. */
export const wordKeysPrefix = `${sourcePrefix}text/`;

/** A key that cannot be fetched now is asked for again: nothing newer comes while the record cannot be reached. */
const learnPauseMs = 250;

/**
 * The words of callers, sealed for the record with a key for each alert. The keys lie in the source store and in the
 * memory of every server; with its key gone, an alert's words are gone wherever they were written.
 */
export interface Words {
  /** What was sealed; undefined where there is no key for it (erased), or not this one. Asks nobody: from memory. */
  open(alertId: string, sealed: string): unknown;
  /** Whether `learn` has nothing to do for this alert. */
  knows(alertId: string): boolean;
  /** Fetches the keys of these alerts, until the record can be reached, or `signal` says that nobody waits any more. */
  learn(alertIds: readonly string[], signal?: AbortSignal): Promise<void>;
  /**
   * The value sealed with the alert's key, which is made where there is none and is durable then. The same value has
   * the same sealed form. Undefined where the words of the alert were erased. Refuses with `sources-closed` where the
   * key was sealed with a source key that this server has not.
   */
  seal(alertId: string, value: unknown): Promise<string | undefined>;
  /** Destroys the key for ever: none is made for this alert again. */
  erase(alertId: string): Promise<void>;
  isErased(alertId: string): Promise<boolean>;
  /** Lets go of the key in memory. */
  forget(alertId: string): void;
}

const keptSchema = z.union([
  z.object({ alertId: z.string(), key: z.string() }),
  z.object({ alertId: z.string(), erased: z.literal(true) }),
]);
type Kept = z.infer<typeof keptSchema>;

/** Null: there is none that this server could use. */
type KeyInMemory = Buffer | null;

/**
 * Opens the room with every key there is. `seals`: the first seals new keys; each is tried to open one. A server whose
 * source key is missing seals with the spare key of the record, which lies beside it: words can then be erased all the
 * same, and are secret only from those who have the entries and not the store.
 */
export async function openWords(shelf: Shelf, seals: readonly [Seal, ...Seal[]]): Promise<Words> {
  const keys = new Map<string, KeyInMemory>();
  const opened = (place: string, bytes: Uint8Array): Kept | undefined => {
    for (const seal of seals) {
      const plain = seal.open(place, bytes);
      if (plain) return keptSchema.safeParse(JSON.parse(plain.toString('utf8'))).data;
    }
    return undefined;
  };
  const put = (kept: Kept): { place: string; bytes: Buffer } => {
    const place = placeOf(kept.alertId);
    return { place, bytes: seals[0].seal(place, Buffer.from(JSON.stringify(kept))) };
  };
  const fetched = async (alertId: string): Promise<Kept | 'none' | 'closed'> => {
    const place = placeOf(alertId);
    const bytes = await shelf.get(place);
    return bytes ? (opened(place, bytes) ?? 'closed') : 'none';
  };
  const remember = (kept: Kept): KeyInMemory => {
    const key = 'key' in kept ? Buffer.from(kept.key, 'base64') : null;
    keys.set(kept.alertId, key);
    return key;
  };
  const keyToSeal = async (alertId: string): Promise<KeyInMemory> => {
    const held = keys.get(alertId);
    if (held) return held;
    const made: Kept = { alertId, key: randomBytes(32).toString('base64') };
    const { place, bytes } = put(made);
    if (await shelf.putNew(place, bytes)) return remember(made);
    const known = await fetched(alertId);
    if (typeof known === 'object') return remember(known);
    throw new Failure('sources-closed', 'the words of this alert were sealed with another source key');
  };

  for (const [place, bytes] of await shelf.list(wordKeysPrefix)) {
    const kept = opened(place, bytes);
    if (kept) remember(kept);
  }

  return {
    open(alertId, sealed) {
      const key = keys.get(alertId);
      return key ? openedWith(key, alertId, sealed) : undefined;
    },
    knows: (alertId) => keys.has(alertId),
    async learn(alertIds, signal) {
      for (const alertId of new Set(alertIds)) {
        if (keys.has(alertId)) continue;
        const kept = await whenReached(() => fetched(alertId), signal);
        if (typeof kept === 'object') remember(kept);
        else if (kept !== undefined) keys.set(alertId, null);
      }
    },
    async seal(alertId, value) {
      const key = await keyToSeal(alertId);
      return key ? sealedWith(key, alertId, value) : undefined;
    },
    async erase(alertId) {
      const { place, bytes } = put({ alertId, erased: true });
      await shelf.put(place, bytes);
      keys.set(alertId, null);
    },
    async isErased(alertId) {
      const kept = await fetched(alertId);
      return typeof kept === 'object' && 'erased' in kept;
    },
    forget: (alertId) => void keys.set(alertId, null),
  };
}

/** The id of an alert is in every entry of it, so the name of its key need hide nothing. */
function placeOf(alertId: string): string {
  return `${wordKeysPrefix}${inFigures(createHash('sha256').update(alertId).digest(), 26)}`;
}

async function whenReached<T>(
  fetch: () => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T | undefined> {
  while (!signal?.aborted) {
    try {
      return await fetch();
    } catch (cause) {
      if (!(cause instanceof Failure) || cause.code !== 'record-unavailable') throw cause;
      await pause(learnPauseMs);
    }
  }
  return undefined;
}

const nonceBytes = 12;
const tagBytes = 16;
/** Lengths tell much of short messages: they are rounded up. */
const roundedTo = 64;

/**
 * Nonce (12 bytes), tag (16), ciphertext of JSON filled up with spaces: AES-256-GCM. The nonce is a keyed hash of the
 * plaintext (as in RFC 8452's reasoning for SIV modes), so the same words have the same sealed form, by which a retry
 * is known, and no nonce serves two texts.
 */
function sealedWith(key: Buffer, alertId: string, value: unknown): string {
  const json = JSON.stringify(value);
  const length = Buffer.byteLength(json);
  const plain = Buffer.from(json + ' '.repeat(Math.ceil(length / roundedTo) * roundedTo - length));
  const [sealing, naming] = halves(key);
  const nonce = createHmac('sha256', naming).update(plain).digest().subarray(0, nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', sealing, nonce);
  cipher.setAAD(Buffer.from(alertId));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
}

function openedWith(key: Buffer, alertId: string, sealed: string): unknown {
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes.length < nonceBytes + tagBytes) return undefined;
  try {
    const decipher = createDecipheriv('aes-256-gcm', halves(key)[0], bytes.subarray(0, nonceBytes));
    decipher.setAAD(Buffer.from(alertId));
    decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
    const plain = Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]);
    return JSON.parse(plain.toString('utf8'));
  } catch {
    return undefined;
  }
}

function halves(key: Buffer): readonly [Buffer, Buffer] {
  const both = Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), 'nightflash words', 64));
  return [both.subarray(0, 32), both.subarray(32)];
}
