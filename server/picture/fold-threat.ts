import type { Author, EventBody } from '../../shared/model/entry.ts';
import type { EntryPlace, Folded, Picture, Threat, Verdict } from './picture.ts';
import { sameContent } from './same-content.ts';

type Body<K extends EventBody['kind']> = Extract<EventBody, { kind: K }>;

const changed = (id: string, verdict: Verdict = { kind: 'done', id }): Folded => ({
  verdict,
  changes: [{ kind: 'threats', id }],
});

const unknown = (id: string): Folded => ({
  verdict: { kind: 'refused', code: 'not-found', message: `there is no threat ${id}`, field: 'id' },
  changes: [],
});

export function foldThreatRaised(
  picture: Picture,
  body: Body<'threat.raised'>,
  author: Author,
  place: EntryPlace,
): Folded {
  const id = body.threatId;
  const known = picture.threats.get(id);
  if (known) {
    if (known.raisedBy === author.id && sameContent(known.threat, body.threat)) {
      return { verdict: { kind: 'nothing-new', id }, changes: [] };
    }
    const message = `the id ${id} is in use for another threat`;
    return { verdict: { kind: 'refused', code: 'conflict', message, field: 'id' }, changes: [] };
  }
  picture.threats.set(id, {
    id,
    threat: body.threat,
    raisedBy: author.id,
    raisedAtMs: place.atMs,
    changedAtMs: place.atMs,
    changedSeq: place.seq,
  });
  return changed(id);
}

/** Changes the fields that the patch names; null takes a field away. */
export function foldThreatChanged(picture: Picture, body: Body<'threat.changed'>, place: EntryPlace): Folded {
  const known = picture.threats.get(body.threatId);
  if (!known) return unknown(body.threatId);
  if (known.endedAtMs !== undefined) {
    const message = `the threat ${known.id} has ended; raise it anew`;
    return { verdict: { kind: 'refused', code: 'conflict', message, field: 'id' }, changes: [] };
  }
  const threat: Threat['threat'] = { ...known.threat, ...body.patch };
  picture.threats.set(known.id, { ...known, threat, changedAtMs: place.atMs, changedSeq: place.seq });
  return changed(known.id);
}

export function foldThreatEnded(picture: Picture, body: Body<'threat.ended'>, place: EntryPlace): Folded {
  const known = picture.threats.get(body.threatId);
  if (!known) return unknown(body.threatId);
  if (known.endedAtMs !== undefined) return { verdict: { kind: 'nothing-new', id: known.id }, changes: [] };
  picture.threats.set(known.id, {
    ...known,
    endedAtMs: place.atMs,
    changedAtMs: place.atMs,
    changedSeq: place.seq,
  });
  return changed(known.id);
}
