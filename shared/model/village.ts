import { z } from 'zod';
import { timeSchema } from './position.ts';
import {
  contactBys,
  contactResults,
  contactWays,
  type ContactResult,
  type VillageReach,
  type VillageState,
} from './village-lists.ts';

/** Body of `POST /api/villages/:id/contacts`. */
export const contactInSchema = z.object({
  id: z.string().min(1).max(64).nullish(),
  /** When it was; now where it is missing. */
  at: timeSchema.nullish(),
  how: z.enum(contactWays),
  /** Whose contact it was; by the role of whoever notes it where it is missing. */
  by: z.enum(contactBys).nullish(),
  result: z.enum(contactResults),
  note: z.string().trim().max(1_000).nullish(),
});
export type ContactIn = z.infer<typeof contactInSchema>;

export const villageContactedSchema = z.object({
  kind: z.literal('village.contacted'),
  villageId: z.string().min(1),
  contactId: z.string().min(1).max(100),
  atMs: z.number(),
  how: z.enum(contactWays),
  by: z.enum(contactBys),
  result: z.enum(contactResults),
  note: z.string().max(1_200).optional(),
});

/** How a contact came about: what people note, or a message or call of a focal point of the village. */
export type ContactHow = (typeof contactWays)[number] | 'message';

export interface ContactOut {
  readonly id: string;
  readonly at: string;
  readonly how: ContactHow;
  readonly by?: string;
  readonly result?: ContactResult;
  readonly note?: string;
  /** Who noted it. */
  readonly notedBy?: string;
}

/** A village with what the registry knows of it, as at the `at` of the answer. */
export interface VillageOut {
  readonly id: string;
  readonly name: string;
  readonly lon: number;
  readonly lat: number;
  readonly population?: number;
  readonly languages?: readonly string[];
  readonly sector?: string;
  readonly reach?: readonly VillageReach[];
  readonly network?: string;
  readonly contactEveryH?: number;
  readonly liaison?: string;
  readonly hamletOf?: { readonly id: string; readonly name?: string };
  readonly nearestBase?: { readonly id: string; readonly name: string; readonly distanceM: number };
  readonly state: VillageState;
  readonly lastContact?: Pick<ContactOut, 'at' | 'how' | 'result'>;
  /** When the next contact is due, or was. */
  readonly dueAt?: string;
  /** Most villages on its telephone network are silent too: it may be the network. */
  readonly networkSilent?: true;
  /** Newest first; only where one village is asked for. */
  readonly contacts?: readonly ContactOut[];
}

/** A page of the registry: silent villages first, longest overdue before the others, then those due, then the rest. */
export interface VillagesOut {
  readonly at: string;
  readonly villages: readonly VillageOut[];
  /** How many answer to what was asked. */
  readonly total: number;
  /** `from` of the next page. */
  readonly next?: number;
  /** Of all villages that the caller may see. */
  readonly counts: Readonly<Record<VillageState, number>>;
}

/** Answer of `GET /api/silent-villages`: ids, the longest overdue first. */
export interface SilentVillagesOut {
  readonly at: string;
  readonly ids: readonly string[];
}
