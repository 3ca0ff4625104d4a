import { decodeFixBatch } from '../../shared/model/fix-batch.ts';
import { eventEntrySchema, type EventEntry } from '../../shared/model/entry.ts';
import { unreachable } from '../../shared/unreachable.ts';
import type { RecordEntry } from '../record/record.ts';
import { foldAlertChanged, foldAlertReceived } from './fold-alert.ts';
import { foldFixes } from './fold-fixes.ts';
import { foldStep } from './fold-step.ts';
import { foldThreatChanged, foldThreatEnded, foldThreatRaised } from './fold-threat.ts';
import { foldPlaces, foldUnitRegistered, foldUnitRemoved } from './fold-unit.ts';
import type { EntryPlace, Folded, Picture } from './picture.ts';
import { Tracks } from './tracks.ts';

/**
 * Raised whenever the same entries fold into another picture or another stored form; snapshots of another version
 * are not used. The verdicts of entries already in the record must not change with it.
 */
export const foldVersion = 1;

/** What the entry said about its submitter's wait; undefined for entries that could not be read. */
export interface FoldedEntry extends Folded {
  readonly ref: string;
}

export function newPicture(): Picture {
  return {
    seq: 0,
    units: new Map(),
    alerts: new Map(),
    threats: new Map(),
    places: new Map(),
    tracks: new Tracks(),
    heartbeat: undefined,
    alertSerials: new Map(),
    passedOver: 0,
  };
}

/**
 * Folds one entry into the picture it is given and says what changed and what was decided. Deterministic: no clock,
 * no chance, no I/O, so every server that folds the same record has the same picture and gives the same verdicts.
 * An entry that cannot be read, or of an unknown version, is counted and passed over (answer: undefined).
 */
export function fold(picture: Picture, entry: RecordEntry): FoldedEntry | undefined {
  picture.seq = entry.seq;
  const place = { seq: entry.seq, atMs: entry.atMs };
  if (entry.stream === 'positions') {
    const batch = readOrUndefined(() => decodeFixBatch(entry.body));
    const folded = batch && readOrUndefined(() => foldFixes(picture, batch, place));
    if (batch && folded) return { ref: batch.ref, ...folded };
  } else {
    const event = readOrUndefined(() => decodeEvent(entry.body));
    const folded = event && readOrUndefined(() => foldEvent(picture, event, place));
    if (event && folded) return { ref: event.ref, ...folded };
  }
  picture.passedOver++;
  return undefined;
}

/** Writes one event as the event stream keeps it. */
export function encodeEvent(event: EventEntry): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(event));
}

/** Throws for an entry that is damaged or of another version: what is folded has been checked in full. */
function decodeEvent(bytes: Uint8Array): EventEntry {
  return eventEntrySchema.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
}

function readOrUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function foldEvent(picture: Picture, event: EventEntry, place: EntryPlace): Folded | undefined {
  const { author, body } = event;
  switch (body.kind) {
    case 'unit.registered':
      return foldUnitRegistered(picture, body, place);
    case 'unit.removed':
      return foldUnitRemoved(picture, body);
    case 'alert.received':
      return foldAlertReceived(picture, body, author, place);
    case 'alert.changed':
      return foldAlertChanged(picture, body, author, place);
    case 'alert.step':
      return foldStep(picture, body, author, place);
    case 'threat.raised':
      return foldThreatRaised(picture, body, author, place);
    case 'threat.changed':
      return foldThreatChanged(picture, body, place);
    case 'threat.ended':
      return foldThreatEnded(picture, body, place);
    case 'places.imported':
      return foldPlaces(picture, body, place);
    default:
      unreachable(body);
      return undefined;
  }
}
