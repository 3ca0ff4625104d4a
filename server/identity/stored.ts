import { z } from 'zod';
import { roles, type Principal } from '../../shared/role.ts';

/** A principal as tokens, links and sessions keep it. */
export const principalSchema = z.object({
  id: z.string(),
  role: z.enum(roles),
  name: z.string(),
  units: z.array(z.string()),
  sectors: z.array(z.string()),
}) satisfies z.ZodType<Principal>;

export const storedTokenSchema = z.object({
  hash: z.string(),
  principal: principalSchema,
  /** `door`: good for reporting positions through a door that has the key in its address, and for nothing else. */
  use: z.enum(['access', 'door']),
  createdAtMs: z.number(),
  expiresAtMs: z.number().nullable(),
});
export type StoredToken = z.infer<typeof storedTokenSchema>;

export const storedLinkSchema = z.object({
  principal: principalSchema,
  expiresAtMs: z.number().nullable(),
  /** Exercise links work more than once, from this machine only. */
  reusable: z.boolean(),
});
export type StoredLink = z.infer<typeof storedLinkSchema>;

/** The mark that a single-use link leaves. */
export const usedLinkSchema = z.object({ usedAtMs: z.number() });

export const storedSessionSchema = z.object({
  principal: principalSchema,
  expiresAtMs: z.number(),
  /** The token that opened it: the session ends with it. Absent for sessions opened by a link. */
  tokenId: z.string().optional(),
});
export type StoredSession = z.infer<typeof storedSessionSchema>;

export function toBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

/** What was stored, or undefined when the bytes are not that: then it simply does not open anything. */
export function fromBytes<T>(schema: z.ZodType<T>, bytes: Uint8Array | undefined): T | undefined {
  if (!bytes) return undefined;
  try {
    return schema.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data;
  } catch {
    return undefined;
  }
}
