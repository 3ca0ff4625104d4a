import { readFixBatch } from '../../shared/model/fix-batch.ts';
import { FixColumns } from '../../shared/model/fix-columns.ts';
import { eventEntrySchema, type EventEntry } from '../../shared/model/entry.ts';
import { unreachable } from '../../shared/unreachable.ts';
import type { RecordEntry } from '../record/record.ts';
import { FixCounts } from './fix-counts.ts';
import { foldAlertChanged, foldAlertReceived } from './fold-alert.ts';
import { foldEscalated, foldEscalationAnswered } from './fold-escalation.ts';
import { foldFixes } from './fold-fixes.ts';
import { foldFeedback, foldSourceDeed } from './fold-source.ts';
import { withNear } from './fold-near.ts';
import { foldStep } from './fold-step.ts';
import { foldPrewarned, foldPrewarningEnded } from './fold-prewarning.ts';
import { foldWayNoted } from './fold-way.ts';
import { foldTextErased } from './fold-text-erased.ts';
import { foldThreatChanged, foldThreatEnded, foldThreatRaised } from './fold-threat.ts';
import { foldUnitRegistered, foldUnitRemoved } from './fold-unit.ts';
import { foldContacted, foldPlaces, heardFrom } from './fold-village.ts';
import {
  foldCrisisDecided,
  foldCrisisSwitched,
  foldLogged,
  foldReportSaved,
  foldReportSigned,
  foldRumourAnswered,
  foldRumourRaised,
  foldSignedOff,
  foldTaken,
  happeningOf,
} from './fold-watch.ts';
import { NearAlerts } from './near-alerts.ts';
import { newWatch } from './watch.ts';
import type { EntryPlace, Folded, Picture } from './picture.ts';
import { MovedUnits, newRoster } from './roster.ts';
import { Tracks } from './tracks.ts';
import { noWords, withWords, type WordOpener } from './words.ts';

/**
 * Raised whenever the same entries fold into another picture or another stored form; snapshots of another version
 * are not used. The verdicts of entries already in the record must not change with it.
 */
export const foldVersion = 6;

/** The fixes of the entry that is being folded; made once, since there is one such entry at a time. */
const columns = new FixColumns();

/** What the entry said about its submitter's wait; undefined for entries that could not be read. */
export interface FoldedEntry extends Folded {
  readonly ref: string;
}

export function newPicture(): Picture {
  return {
    seq: 0,
    ...newRoster(),
    alerts: new Map(),
    nearAlerts: new NearAlerts(),
    threats: new Map(),
    places: new Map(),
    villages: new Map(),
    villagesSeq: 0,
    tracks: new Tracks(),
    fixCounts: new FixCounts(),
    heartbeat: undefined,
    alertSerials: new Map(),
    passedOver: 0,
    watch: newWatch(),
    sourceDeeds: new Map(),
  };
}

/**
 * Folds one entry into the picture it is given and says what changed and what was decided. Deterministic: no clock,
 * no chance, no I/O, so every server that folds the same record has the same picture and gives the same verdicts.
 * An entry that cannot be read, or of an unknown version, is counted and passed over (answer: undefined). Units that
 * move are noted in `moved`. `words` opens what an entry holds sealed, from memory.
 */
export function fold(
  picture: Picture,
  entry: RecordEntry,
  moved: MovedUnits = new MovedUnits(),
  words: WordOpener = noWords,
): FoldedEntry | undefined {
  picture.seq = entry.seq;
  const place = { seq: entry.seq, atMs: entry.atMs };
  if (entry.stream === 'positions') {
    const head = readOrUndefined(() => readFixBatch(entry.body, columns));
    const folded = head && readOrUndefined(() => foldFixes(picture, head, columns, place, moved));
    if (head && folded) return { ref: head.ref, ...folded };
  } else {
    const event = readOrUndefined(() => decodeEvent(entry.body));
    const folded = event && readOrUndefined(() => foldAndNote(picture, opened(event, words), place));
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

function opened(event: EventEntry, words: WordOpener): EventEntry {
  return { ...event, body: withWords(event.body, words) };
}

function readOrUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** What changes a thing that keeps no history is noted for the watch log. */
function foldAndNote(picture: Picture, event: EventEntry, place: EntryPlace): Folded | undefined {
  const happening = happeningOf(picture, event.body, event.author, place);
  const folded = foldEvent(picture, event, place);
  if (happening && folded?.verdict.kind === 'done') picture.watch.happenings.set(`${place.seq}`, happening);
  return folded;
}

function foldEvent(picture: Picture, event: EventEntry, place: EntryPlace): Folded | undefined {
  const { author, body } = event;
  switch (body.kind) {
    case 'unit.registered':
      return foldUnitRegistered(picture, body, place);
    case 'unit.removed':
      return foldUnitRemoved(picture, body);
    case 'alert.received':
      return withNear(picture, body.alertId, place, () =>
        heardFrom(picture, body, place, foldAlertReceived(picture, body, author, place)),
      );
    case 'alert.changed':
      return withNear(picture, body.alertId, place, () =>
        heardFrom(picture, body, place, foldAlertChanged(picture, body, author, place)),
      );
    case 'alert.step':
      return withNear(picture, body.alertId, place, () => foldStep(picture, body, author, place));
    case 'alert.escalated':
      return foldEscalated(picture, body, place);
    case 'alert.escalation-answered':
      return foldEscalationAnswered(picture, body, author, place);
    case 'threat.raised':
      return foldThreatRaised(picture, body, author, place);
    case 'threat.changed':
      return foldThreatChanged(picture, body, place);
    case 'threat.ended':
      return foldThreatEnded(picture, body, place);
    case 'places.imported':
      return foldPlaces(picture, body, place);
    case 'walls.called':
      return {
        verdict: { kind: 'done', id: event.ref },
        changes: [],
        wallCall: { ...body.call, id: event.ref, by: author.name },
      };
    case 'watch.logged':
      return foldLogged(picture, body, author, place);
    case 'report.saved':
      return foldReportSaved(picture, body, author, place);
    case 'report.signed':
      return foldReportSigned(picture, body, author, place);
    case 'handover.signed-off':
      return foldSignedOff(picture, body, author, place);
    case 'handover.taken':
      return foldTaken(picture, body, author, place);
    case 'rumour.raised':
      return foldRumourRaised(picture, body, author, place);
    case 'rumour.answered':
      return foldRumourAnswered(picture, body, author, place);
    case 'crisis.switched':
      return foldCrisisSwitched(picture, body, author, place);
    case 'crisis.decided':
      return foldCrisisDecided(picture, body, author, place);
    case 'source.registered':
    case 'source.withdrawn':
    case 'source.opened':
      return foldSourceDeed(picture, body, author, place);
    case 'alert.feedback':
      return foldFeedback(picture, body, author, place);
    case 'village.contacted':
      return foldContacted(picture, body, author, place);
    case 'alert.way-noted':
      return foldWayNoted(picture, body, author, place);
    case 'alert.prewarned':
      return foldPrewarned(picture, body, author, place);
    case 'alert.prewarning-ended':
      return foldPrewarningEnded(picture, body, author, place);
    case 'alert.text-erased':
      return foldTextErased(picture, body, author, place);
    default:
      unreachable(body);
      return undefined;
  }
}
