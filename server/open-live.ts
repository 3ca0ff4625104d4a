import type { Server as HttpServer } from 'node:http';
import type { Principal } from '../shared/role.ts';
import type { PositionsAnswer } from '../shared/model/position.ts';
import { wirePath } from '../shared/wire/wire.ts';
import type { ServiceStatus } from '../shared/wire/live.ts';
import type { Config } from './config.ts';
import type { Logger } from './diagnostics/logger.ts';
import { endStrayUpgrades } from './fanout/admission.ts';
import type { Fanout } from './fanout/fanout.ts';
import { openGateway } from './fanout/gateway.ts';
import { startTicking } from './fanout/ticker.ts';
import { openWireGateway } from './fanout/wire-gateway.ts';
import type { WireFanout } from './fanout/wire/wire-fanout.ts';
import type { Identity } from './identity/identity.ts';
import type { PositionsDoor } from './ingest/positions.ts';
import type { LivePicture } from './picture/live-picture.ts';
import type { RecordRoom } from './record/record.ts';
import { positionList } from './ingest/position-list.ts';

interface LiveParts {
  readonly config: Config;
  readonly record: RecordRoom;
  readonly livePicture: LivePicture;
  readonly fanout: Fanout;
  readonly wire: WireFanout;
  readonly identity: Identity;
  readonly positions: PositionsDoor;
  readonly takePacked: (principal: Principal, bytes: Uint8Array) => Promise<PositionsAnswer>;
  readonly status: () => ServiceStatus;
  /** Looks again which feeds are heard; answers whether that has changed. */
  readonly lookAtFeeds: () => Promise<boolean>;
  readonly nowMs: () => number;
  readonly log: Logger;
  readonly recheckEveryMs: number | undefined;
  readonly pingEveryMs: number | undefined;
}

export interface Live {
  /** What the last round of frames and patches took, ms. */
  readonly tookMs: number;
  stopTicking(): void;
  /** Names of the walls on a line of this server. */
  walls(): readonly string[];
  /** Ends every live connection. */
  close(): Promise<void>;
}

/** Part of the composition in main.ts: the two live doors and the rounds that serve them. */
export function openLive(http: HttpServer, parts: LiveParts): Live {
  const { config, fanout, wire, identity, positions, log, nowMs } = parts;
  const common = {
    identity,
    origin: config,
    log,
    nowMs,
    status: parts.status,
    recheckEveryMs: parts.recheckEveryMs,
  };
  const json = openGateway(http, {
    ...common,
    fanout,
    takePositions: (principal, body) => positions.take(principal, positionList(body)),
  });
  const packed = openWireGateway(http, {
    ...common,
    wire,
    takePacked: parts.takePacked,
    pingEveryMs: parts.pingEveryMs,
  });
  endStrayUpgrades(http, ['/socket.io', wirePath]);
  const ticker = startTicking((lengthMs) => {
    for (const round of [() => fanout.tick(), () => wire.tick(lengthMs)]) {
      try {
        round();
      } catch (err) {
        log.error({ err }, 'a round of patches failed');
      }
    }
  });
  const announce = (): void => [json, packed].forEach((door) => door.announce(parts.status()));
  parts.record.onStatus(announce);
  announceClock(parts, announce);
  announceCrisis(parts, announce);
  announceFeeds(parts, announce);
  parts.livePicture.onNews(({ wallCalls }) => wallCalls?.forEach((call) => packed.callWalls(call)));
  return {
    get tookMs() {
      return ticker.tookMs;
    },
    stopTicking: () => ticker.stop(),
    walls: () => packed.walls(),
    async close() {
      await Promise.all([json.close(), packed.close()]);
    },
  };
}

/** Tells every screen when the clocks come apart, how far while they are, and when they agree again. */
function announceClock({ livePicture, status }: LiveParts, announce: () => void): void {
  let toldS: number | undefined;
  livePicture.onNews(() => {
    const nowS = status().clockApartS;
    if (nowS === toldS || Math.abs((nowS ?? 0) - (toldS ?? 0)) < 5) return;
    toldS = nowS;
    announce();
  });
}

const feedsEveryMs = 5_000;

/** Tells every screen when a feed falls silent, and when it is heard again. The heartbeat alone makes news enough. */
function announceFeeds({ livePicture, lookAtFeeds, nowMs, log }: LiveParts, announce: () => void): void {
  let lookedAtMs = -Infinity;
  livePicture.onNews(() => {
    if (Math.abs(nowMs() - lookedAtMs) < feedsEveryMs) return;
    lookedAtMs = nowMs();
    lookAtFeeds().then(
      (changed) => changed && announce(),
      (err: unknown) => log.warn({ err }, 'which feeds are heard could not be told'),
    );
  });
}

/** Tells every screen when a crisis begins and ends. */
function announceCrisis({ livePicture, status }: LiveParts, announce: () => void): void {
  let told = status().crisis?.since;
  livePicture.onNews(() => {
    const now = status().crisis?.since;
    if (now === told) return;
    told = now;
    announce();
  });
}
