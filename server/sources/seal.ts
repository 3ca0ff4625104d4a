import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const form = 1;
const nonceBytes = 12;
const tagBytes = 16;

/** Seals, opens and names values with the key of the source store. */
export interface Seal {
  /** Form (1 byte), nonce (12), tag (16), ciphertext; bound to the place that it will lie at. */
  seal(place: string, value: Uint8Array): Buffer;
  /** Undefined for what was sealed with another key, for another place, or was changed. */
  open(place: string, sealed: Uint8Array): Buffer | undefined;
  /** A keyed hash, 32 bytes: the same for the same value, and nothing can be read or guessed from it without the key. */
  digest(purpose: string, value: string): Buffer;
}

/** AES-256-GCM with a fresh nonce for every value; hashes have a key of their own, derived from the same one. */
export function createSeal(key: Buffer): Seal {
  const derived = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `nightflash ${purpose}`, 32));
  const [sealing, naming] = [derived('seal'), derived('digest')];
  return {
    seal(place, value) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce);
      cipher.setAAD(Buffer.from(place));
      const sealed = Buffer.concat([cipher.update(value), cipher.final()]);
      return Buffer.concat([Buffer.of(form), nonce, cipher.getAuthTag(), sealed]);
    },
    open(place, sealed) {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      if (bytes.length < 1 + nonceBytes + tagBytes || bytes[0] !== form) return undefined;
      try {
        const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(1, 1 + nonceBytes));
        decipher.setAAD(Buffer.from(place));
        decipher.setAuthTag(bytes.subarray(1 + nonceBytes, 1 + nonceBytes + tagBytes));
        return Buffer.concat([decipher.update(bytes.subarray(1 + nonceBytes + tagBytes)), decipher.final()]);
      } catch {
        return undefined;
      }
    },
    digest: (purpose, value) => createHmac('sha256', naming).update(`${purpose}\0${value}`).digest(),
  };
}

/** Crockford's figures: none can be taken for another on the telephone. */
const figures = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The first figures of a hash, 5 bits each. */
export function inFigures(hash: Uint8Array, count: number): string {
  return Array.from(hash.subarray(0, count), (byte) => figures[byte & 31]).join('');
}
