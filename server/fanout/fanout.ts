import { performance } from 'node:perf_hooks';
import {
  thingKinds,
  type PatchOut,
  type ThingKind,
  type Things,
  type VisibleIds,
} from '../../shared/picture/picture.ts';
import type { AlertOut } from '../../shared/model/alert.ts';
import type { Bbox } from '../../shared/wire/subscribe.ts';
import { alertReceipt } from '../audience/alert-view.ts';
import { audienceOf, type Audience } from '../audience/audience.ts';
import { heartbeatOf, pictureView, viewById } from '../audience/picture-view.ts';
import type { ViewContext } from '../audience/view-context.ts';
import type { Mission } from '../mission/mission.ts';
import type { LivePicture } from '../picture/live-picture.ts';
import type { Change, Picture } from '../picture/picture.ts';
import { seqOfCursor } from './cursor.ts';
import { Viewer, type Look } from './viewer.ts';

/** What fanout needs of a connection; the gateway gives it one over Socket.IO, tests one in memory. */
export interface Line {
  sendPatch(patch: PatchOut): void;
  sendBehind(sinceAt: string): void;
  /** Whether what was sent before has left this process. */
  drained(): boolean;
  close(reason: string): void;
}

/** How long a viewer may take nothing before its line is cut; it comes back and resumes by cursor. */
const cutAfterMs = 60_000;
/** How often audiences that change by themselves (delayed, near by) are looked at again. */
const selfChangeEveryMs = 2_000;
/** How long an answer may wait for this server to fold what another server has already shown. */
const catchUpMs = 1_500;

export type Subscribed =
  | { readonly cursor: string; readonly picture: ReturnType<typeof pictureView> }
  | { readonly cursor: string; readonly patch: PatchOut; readonly ids: VisibleIds };

interface Parts {
  readonly livePicture: LivePicture;
  readonly mission: Mission;
  readonly nowMs: () => number;
}

/**
 * Gives every viewer what changed for it, once a tick: the newest value per thing, redacted per audience. A viewer
 * that does not drain is passed over and told; nobody else waits for it.
 */
export class Fanout {
  private readonly viewers = new Map<Line, Viewer>();
  /** Number of the last call on each line: one that was overtaken while it waited changes nothing. */
  private readonly calls = new WeakMap<Line, number>();
  private readonly changed = new Map<string, Change>();
  private readonly parts: Parts;
  private heartbeatArrived = false;
  private lastSelfChangeMs = 0;
  /** Deliveries (things × viewers) and the length of the last tick, for the metrics. */
  readonly counters = { deliveries: 0, patches: 0, stalled: 0, cut: 0, lastTickMs: 0 };

  constructor(parts: Parts) {
    this.parts = parts;
    parts.livePicture.onNews(({ changes, moved, fresh }) => {
      if (fresh) this.startOver();
      // Who subscribes later begins with the whole picture.
      if (this.viewers.size === 0) return;
      for (const change of changes) {
        if (change.kind === 'heartbeat') this.heartbeatArrived = true;
        else this.changed.set(`${change.kind} ${change.id}`, change);
      }
      for (const { id } of moved) this.changed.set(`units ${id}`, { kind: 'units', id });
    });
  }

  get viewerCount(): number {
    return this.viewers.size;
  }

  /** Begins (or begins anew) the subscription of a line and answers what it starts from. */
  async subscribe(
    line: Line,
    principal: Audience['principal'],
    bbox?: Bbox,
    since?: string,
  ): Promise<Subscribed> {
    const { livePicture } = this.parts;
    const audience = audienceOf(principal);
    const call = this.nextCall(line);
    const wanted = seqOfCursor(since, livePicture.epoch);
    const caughtUp = wanted !== undefined && (await livePicture.reached(wanted, catchUpMs));
    // The record may have become another one during the wait.
    const sinceSeq =
      caughtUp && !audience.changesByItself ? seqOfCursor(since, livePicture.epoch) : undefined;
    const context = this.context();
    const whole = pictureView(audience, context, livePicture.cursor(), bbox);
    const ids = idsOf(whole);
    // From here to the return nothing may await: the answer and the subscription begin at one and the same seq.
    if (this.calls.get(line) === call) this.viewers.set(line, new Viewer(audience, bbox, ids));
    if (sinceSeq === undefined) return { cursor: whole.cursor, picture: whole };
    return { cursor: whole.cursor, patch: changedSince(whole, sinceSeq, context.picture), ids };
  }

  private nextCall(line: Line): number {
    const call = (this.calls.get(line) ?? 0) + 1;
    this.calls.set(line, call);
    return call;
  }

  unsubscribe(line: Line): void {
    this.nextCall(line);
    this.viewers.delete(line);
  }

  /** The whole picture as one answer, for HTTP. */
  pictureFor(principal: Audience['principal'], bbox?: Bbox): ReturnType<typeof pictureView> {
    return pictureView(audienceOf(principal), this.context(), this.parts.livePicture.cursor(), bbox);
  }

  /** What the principal may see of one thing now. */
  look<K extends ThingKind>(principal: Audience['principal'], kind: K, id: string): Things[K] | undefined {
    return viewById(kind, id, audienceOf(principal), this.context());
  }

  /** What the author of a call on an alert gets back, also where the alert is not for its eyes. */
  receipt(principal: Audience['principal'], id: string): AlertOut | undefined {
    const context = this.context();
    const alert = context.picture.alerts.get(id);
    return this.look(principal, 'alerts', id) ?? (alert && alertReceipt(alert, principal, context));
  }

  /** One round of patches. Called by a timer; the time is an argument of everything below. */
  tick(): void {
    const begun = performance.now();
    const context = this.context();
    this.noteSelfChanges(context);
    const looks = new Map<string, Look>();
    const frame = {
      cursor: this.parts.livePicture.cursor(),
      at: new Date(context.atMs).toISOString(),
      ...heartbeatOf(context.picture),
    };
    for (const [line, viewer] of this.viewers) {
      for (const { kind, id } of this.changed.values()) if (kind !== 'heartbeat') viewer.note(kind, id);
      if (this.heartbeatArrived) viewer.noteHeartbeat();
      const look = looks.get(viewer.audience.key) ?? lookOnce(viewer.audience, context);
      looks.set(viewer.audience.key, look);
      this.serve(line, viewer, look, frame, context.atMs);
    }
    this.changed.clear();
    this.heartbeatArrived = false;
    this.counters.lastTickMs = performance.now() - begun;
  }

  private serve(
    line: Line,
    viewer: Viewer,
    look: Look,
    frame: Parameters<Viewer['takePatch']>[1],
    atMs: number,
  ): void {
    if (!line.drained()) {
      this.stall(line, viewer, atMs);
      return;
    }
    const behindS = viewer.stalledSinceMs === undefined ? undefined : (atMs - viewer.stalledSinceMs) / 1000;
    viewer.stalledSinceMs = undefined;
    const patch = viewer.takePatch(look, frame, behindS);
    if (!patch) return;
    this.counters.patches++;
    this.counters.deliveries += thingKinds.reduce((sum, kind) => sum + patch[kind].length, 0);
    line.sendPatch(patch);
  }

  private stall(line: Line, viewer: Viewer, atMs: number): void {
    if (viewer.stalledSinceMs === undefined) {
      viewer.stalledSinceMs = atMs;
      this.counters.stalled++;
      line.sendBehind(new Date(atMs).toISOString());
    } else if (atMs - viewer.stalledSinceMs > cutAfterMs) {
      this.counters.cut++;
      this.viewers.delete(line);
      line.close('the viewer took nothing for a minute');
    }
  }

  private noteSelfChanges(context: ViewContext): void {
    if (context.atMs - this.lastSelfChangeMs < selfChangeEveryMs) return;
    this.lastSelfChangeMs = context.atMs;
    for (const viewer of this.viewers.values()) {
      if (!viewer.audience.changesByItself) continue;
      for (const id of context.picture.units.keys()) viewer.note('units', id);
      // A patrol's threats are those of where it is now.
      for (const id of context.picture.threats.keys()) viewer.note('threats', id);
    }
  }

  /** Another epoch: what viewers hold is of a record that is gone. They come back and get a fresh picture. */
  private startOver(): void {
    this.changed.clear();
    for (const line of [...this.viewers.keys()]) {
      this.viewers.delete(line);
      line.close('the record was replaced; the picture starts anew');
    }
  }

  private context(): ViewContext {
    const { livePicture, mission, nowMs } = this.parts;
    return { picture: livePicture.picture, mission, atMs: nowMs() };
  }
}

/** Looks at each thing at most once per audience and tick, however many viewers ask. */
function lookOnce(audience: Audience, context: ViewContext): Look {
  const seen = new Map<string, unknown>();
  return <K extends ThingKind>(kind: K, id: string): Things[K] | undefined => {
    const key = `${kind} ${id}`;
    if (!seen.has(key)) seen.set(key, viewOrNothing(kind, id, audience, context));
    return seen.get(key) as Things[K] | undefined; // put there by the line above, for this kind
  };
}

/** One thing that cannot be drawn up costs nobody the others; it is missing until it changes again. */
function viewOrNothing<K extends ThingKind>(
  kind: K,
  id: string,
  audience: Audience,
  context: ViewContext,
): Things[K] | undefined {
  try {
    return viewById(kind, id, audience, context);
  } catch {
    return undefined;
  }
}

function idsOf(picture: { readonly [K in ThingKind]: readonly Things[K][] }): VisibleIds {
  const ids = (kind: ThingKind): string[] => picture[kind].map((thing) => thing.id);
  return {
    units: ids('units'),
    patrols: ids('patrols'),
    alerts: ids('alerts'),
    threats: ids('threats'),
    places: ids('places'),
  };
}

/** Of the whole view, the things that changed after `sinceSeq`. What vanished is missing from the ids beside it. */
function changedSince(whole: ReturnType<typeof pictureView>, sinceSeq: number, picture: Picture): PatchOut {
  const isNew = (kind: Exclude<ThingKind, 'patrols'>) => (thing: { readonly id: string }) =>
    (picture[kind].get(thing.id)?.changedSeq ?? Infinity) > sinceSeq;
  const { restrictedOpen: _count, ...rest } = whole;
  return {
    ...rest,
    units: whole.units.filter(isNew('units')),
    alerts: whole.alerts.filter(isNew('alerts')),
    threats: whole.threats.filter(isNew('threats')),
    places: whole.places.filter(isNew('places')),
    removed: [],
  };
}
