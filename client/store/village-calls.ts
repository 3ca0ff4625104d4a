import type { CareNoteIn, FocalPointIn, FocalPointOut } from '../../shared/model/source.ts';
import type { ContactIn, VillageOut, VillagesOut } from '../../shared/model/village.ts';
import type { Answer } from '../net/api.ts';
import type { Request } from './actions.ts';

/** What is asked of the registry; empty texts ask for everything. */
export interface VillageWish {
  readonly q: string;
  readonly state: string;
  readonly sector: string;
  readonly reach: string;
}

/** A number that was opened: it is in no store, only with whoever asked. */
export interface OpenedNumber {
  readonly pseudonym: string;
  readonly number: string;
  readonly codeWord?: string;
}

/** The registry of villages and the care for focal points, as calls. */
export class VillageCalls {
  readonly #request: Request;

  constructor(request: Request) {
    this.#request = request;
  }

  page(wish: VillageWish, from = 0): Promise<Answer<VillagesOut>> {
    const asked = Object.entries(wish).filter(([, value]) => value !== '');
    const query = new URLSearchParams([...asked, ['from', String(from)]]);
    return this.#request('GET', `/api/villages?${query}`);
  }

  one(id: string): Promise<Answer<VillageOut>> {
    return this.#request('GET', `/api/villages/${encodeURIComponent(id)}`);
  }

  /** Notes a contact; the form makes its id once, so that pressing again after a lost answer changes nothing. */
  contact(villageId: string, contact: ContactIn): Promise<Answer<VillageOut>> {
    return this.#request('POST', `/api/villages/${encodeURIComponent(villageId)}/contacts`, contact);
  }

  points(): Promise<Answer<{ readonly focalPoints: readonly FocalPointOut[] }>> {
    return this.#request('GET', '/api/focal-points');
  }

  register(point: Partial<FocalPointIn>): Promise<Answer<FocalPointOut>> {
    return this.#request('POST', '/api/focal-points', point);
  }

  care(pseudonym: string, note: CareNoteIn): Promise<Answer<FocalPointOut>> {
    return this.#request('POST', `/api/focal-points/${pseudonym}/care`, note);
  }

  withdraw(pseudonym: string): Promise<Answer<unknown>> {
    return this.#request('POST', `/api/focal-points/${pseudonym}/withdraw`, {});
  }

  /** The number behind a pseudonym: who asks and why is on record before it is answered. */
  open(pseudonym: string, reason: string): Promise<Answer<OpenedNumber>> {
    return this.#request('POST', `/api/focal-points/${pseudonym}/open`, { reason });
  }
}
