import type { AlertOut } from '../../shared/model/alert.ts';
import type { PlaceOut } from '../../shared/model/place.ts';
import type { ThreatOut } from '../../shared/model/threat.ts';
import type { PatrolOut } from '../../shared/picture/picture.ts';
import type { FrameNews, OtherThings, ThingsPatch } from '../../shared/wire/wire.ts';

/** Everything but units as it is held, by id. Kept outside runes: readers are told of changes by counters. */
export class HeldThings {
  readonly alerts = new Map<string, AlertOut>();
  readonly threats = new Map<string, ThreatOut>();
  readonly places = new Map<string, PlaceOut>();
  readonly patrols = new Map<string, PatrolOut>();

  clear(): void {
    for (const map of [this.alerts, this.threats, this.places, this.patrols]) map.clear();
  }

  put({ alerts, threats, places, patrols }: OtherThings): void {
    for (const alert of alerts) this.alerts.set(alert.id, alert);
    for (const threat of threats) this.threats.set(threat.id, threat);
    for (const place of places) this.places.set(place.id, place);
    for (const patrol of patrols) this.patrols.set(patrol.id, patrol);
  }

  /** Newest values in, removed things out. */
  apply(things: ThingsPatch): void {
    this.put(things);
    for (const { kind, id } of things.removed) this[kind].delete(id);
  }

  /** Drops everything whose id is not in the complete list of what is visible now. Places never vanish. */
  keepOnly(ids: NonNullable<FrameNews['ids']>): void {
    for (const kind of ['alerts', 'threats', 'patrols'] as const) {
      const visible = new Set(ids[kind]);
      for (const id of this[kind].keys()) if (!visible.has(id)) this[kind].delete(id);
    }
  }
}

/** Those who want to know of every update, ten times a second and more. */
export class Watchers {
  readonly #watchers = new Set<() => void>();

  /** Answers how to stop. */
  add(changed: () => void): () => void {
    this.#watchers.add(changed);
    return () => this.#watchers.delete(changed);
  }

  tell(): void {
    for (const changed of this.#watchers) changed();
  }
}
