import { Failure } from '../../shared/failure.ts';
import { logNoteInSchema, type LogLink } from '../../shared/model/watch-log.ts';
import type { Principal } from '../../shared/role.ts';
import { mustMay } from './may.ts';
import { parseBody } from './parse-body.ts';
import { idOrRefusal, type Submit } from './submit.ts';

export interface WatchLogDoor {
  /** Writes one line; answers its id, and whether it is new. */
  write(principal: Principal, body: unknown): Promise<{ id: string; isNew: boolean }>;
}

interface Parts {
  readonly submit: Submit;
  readonly newId: () => string;
  readonly seesLink: (principal: Principal, link: LogLink) => boolean;
  readonly seesLine: (principal: Principal, id: string) => boolean;
}

/** The door of the watch log. A line points only at what its writer may see, and is never changed afterwards. */
export function createWatchLogDoor({ submit, newId, seesLink, seesLine }: Parts): WatchLogDoor {
  return {
    async write(principal, body) {
      mustMay(principal, 'write-watch-log', 'write into the watch log');
      const { id, text, links, corrects } = parseBody(logNoteInSchema, body);
      const unseen = links.findIndex((link) => !seesLink(principal, link));
      if (unseen >= 0) {
        const { kind, id: wanted } = links[unseen] ?? { kind: 'thing', id: '' };
        throw new Failure('not-found', `there is no ${kind} ${wanted}`, { field: `links.${unseen}.id` });
      }
      if (corrects && !seesLine(principal, corrects)) {
        throw new Failure('not-found', `there is no line ${corrects}`, { field: 'corrects' });
      }
      const note = { text, links, ...(corrects ? { corrects } : {}) };
      return idOrRefusal(await submit.event(principal, { kind: 'watch.logged', id: id ?? newId(), ...note }));
    },
  };
}
