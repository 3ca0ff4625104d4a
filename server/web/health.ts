import type { CrisisBanner } from '../../shared/model/crisis.ts';
import { crisisBanner } from '../audience/crisis-view.ts';
import type { Config } from '../config.ts';
import type { Mission } from '../mission/mission.ts';
import { heartbeatEveryMs, type FeedState, type ServiceStatus } from '../../shared/wire/live.ts';
import type { LivePicture } from '../picture/live-picture.ts';
import type { Picture } from '../picture/picture.ts';
import { isUnreadable } from '../picture/words.ts';
import type { Router } from '../roads/router.ts';
import type { RecordRoom } from '../record/record.ts';
import { feedState } from './feed-state.ts';

/** A picture whose newest heartbeat is older than this does not serve: the way from door to picture is broken. */
const failsAfterMs = 10_000;

/** A clock that is behind the record's by more than this makes old positions look fresh: screens are told. */
const clockApartFromMs = 10_000;

interface Parts {
  readonly record: RecordRoom;
  readonly livePicture: LivePicture;
  readonly mission: Mission;
  readonly config: Pick<Config, 'mode'>;
  /** Whether callers are known here, and what they said can be read. */
  readonly sources: { readonly state: 'open' | 'closed'; readonly closedBecause?: 'missing' | 'wrong' };
  /** The external router, where there is one. */
  readonly router?: Pick<Router, 'state'> | undefined;
  /** Whether this server does the standing work of the servers of its record. */
  readonly leads: () => boolean;
  readonly version: string;
  /** Of the pages that are handed out. */
  readonly build: string | undefined;
  /** What an account is called. */
  readonly nameOf: (principalId: string) => Promise<string | undefined>;
  readonly nowMs: () => number;
}

export interface HealthRoom {
  /** For screens. */
  status(): ServiceStatus;
  /** Looks again which feeds are heard; answers whether that is another state than before. */
  lookAtFeeds(): Promise<boolean>;
  /** For `/health`; `reason` is there whenever `status` is not `ok`. */
  answer(): { status: 'ok' | 'failing'; reason?: string; [more: string]: unknown };
}

/** The state of the service, told the same way to operators' probes and to every screen. */
export function createHealth({
  record,
  livePicture,
  mission,
  config,
  sources,
  router,
  leads,
  version,
  build,
  nameOf,
  nowMs,
}: Parts): HealthRoom {
  const begunMs = nowMs();
  const picture = (): LivePicture['picture'] => livePicture.picture;
  let transitMs = 0;
  livePicture.onNews(({ changes }) => {
    const beat = changes.some(({ kind }) => kind === 'heartbeat') ? picture().heartbeat : undefined;
    if (beat) transitMs = Math.max(0, nowMs() - beat.timeMs);
  });
  const silentMs = (): number => nowMs() - Math.max(begunMs, picture().heartbeat?.receivedAtMs ?? 0);
  /** How long the last heartbeat took from door to picture; while none comes, how long none has come. */
  const lagMs = (): number => Math.round(silentMs() > 2 * heartbeatEveryMs ? silentMs() : transitMs);
  const reason = (): string | undefined => {
    const status = record.status();
    if (!status.writable) return status.reason ?? 'the record cannot be written';
    if (silentMs() > failsAfterMs) return `the picture has not moved for ${Math.round(silentMs() / 1000)} s`;
    return undefined;
  };
  const crisisNow = (): { crisis?: CrisisBanner } => {
    const crisis = crisisBanner(picture());
    return crisis ? { crisis } : {};
  };
  const clockApart = (): { clockApartS?: number } => {
    const { heartbeat } = picture();
    // The record's time never goes back: a clock that was put back is behind it until it has caught up.
    const apartMs = heartbeat ? heartbeat.receivedAtMs - nowMs() : 0;
    return apartMs > clockApartFromMs ? { clockApartS: Math.round(apartMs / 1000) } : {};
  };
  let feeds: FeedState | undefined;
  return {
    async lookAtFeeds() {
      const before = JSON.stringify(feeds);
      feeds = await feedState(picture(), nameOf, nowMs());
      return JSON.stringify(feeds) !== before;
    },
    status() {
      const { writable, durability, reason: why } = record.status();
      return {
        mode: config.mode,
        mission: mission.name,
        record: record.kind,
        writable,
        durability,
        ...(why === undefined ? {} : { reason: why }),
        ...clockApart(),
        ...(build === undefined ? {} : { build }),
        ...(sources.closedBecause === undefined ? {} : { sourceKey: sources.closedBecause }),
        ...crisisNow(),
        ...(feeds === undefined ? {} : { feeds }),
      };
    },
    answer() {
      const why = reason();
      return {
        status: why === undefined ? 'ok' : 'failing',
        ...(why === undefined ? {} : { reason: why }),
        record: record.kind,
        durability: record.status().durability,
        writable: record.status().writable,
        lagMs: lagMs(),
        leads: leads(),
        mode: config.mode,
        mission: mission.name,
        epoch: record.epoch,
        seq: picture().seq,
        passedOver: picture().passedOver,
        sources: sources.state,
        ...(sources.closedBecause === undefined ? {} : { sourceKey: sources.closedBecause }),
        unreadableTexts: unreadableTexts(picture()),
        ...routerHealth(router),
        version,
      };
    },
  };
}

/** A silent router fails nothing: the own roads hold, and every answer says so. */
function routerHealth(router: Parts['router']): { router?: { state: string; silentSince?: string } } {
  if (!router) return {};
  const { state, silentSinceMs } = router.state();
  const since = silentSinceMs === undefined ? {} : { silentSince: new Date(silentSinceMs).toISOString() };
  return { router: { state, ...since } };
}

/** Texts that are there and that this server has no key for. */
function unreadableTexts({ alerts }: Picture): number {
  let count = 0;
  for (const alert of alerts.values()) if (isUnreadable(alert)) count++;
  return count;
}
