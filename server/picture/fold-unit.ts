import type { EventBody } from '../../shared/model/entry.ts';
import type { EntryPlace, Folded, Picture } from './picture.ts';
import { enterUnit, leaveUnit } from './roster.ts';

type Body<K extends EventBody['kind']> = Extract<EventBody, { kind: K }>;

/** Registers a unit, or registers it anew with other particulars; its live fix and track stay. */
export function foldUnitRegistered(
  picture: Picture,
  body: Body<'unit.registered'>,
  place: EntryPlace,
): Folded {
  const known = picture.units.get(body.unitId);
  const { callsign, kind, sector, reportEveryS, staleAfterS, capabilities } = body.unit;
  const unit = enterUnit(picture, {
    id: body.unitId,
    callsign,
    kind,
    sector: sector || undefined,
    reportEveryS: reportEveryS || undefined,
    staleAfterS: staleAfterS || undefined,
    capabilities: capabilities ?? [],
    registered: true,
    live: known?.live,
    reporters: known?.reporters ?? [],
    changedSeq: place.seq,
  });
  return { verdict: { kind: 'done', id: unit.id }, changes: [{ kind: 'units', id: unit.id }] };
}

/** Takes a unit out of the picture. Its fixes stay in the record; the track index forgets them. */
export function foldUnitRemoved(picture: Picture, body: Body<'unit.removed'>): Folded {
  const id = body.unitId;
  const unit = leaveUnit(picture, id);
  if (!unit) return { verdict: { kind: 'nothing-new', id }, changes: [] };
  picture.tracks.delete(unit);
  return { verdict: { kind: 'done', id }, changes: [{ kind: 'units', id }] };
}
