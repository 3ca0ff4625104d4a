import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { smsGatewayKinds } from '../shared/model/source.ts';
import type { Principal } from '../shared/role.ts';
import { audienceOf, viewOf } from './audience/audience.ts';
import type { Config } from './config.ts';
import type { Logger } from './diagnostics/logger.ts';
import { gatewayGuard, type SmsGateway } from './feeds/sms/gateways.ts';
import { capRoutes } from './feeds/cap/cap.ts';
import type { OutgoingGateway } from './feeds/sms/outgoing.ts';
import { createTelling } from './feeds/sms/telling.ts';
import { createMessagesDoor, type ReadMessage } from './feeds/sms/messages.ts';
import { smssyncTasks } from './feeds/sms/smssync-tasks.ts';
import { receiptRoutes, twilioReceiptsPath } from './feeds/sms/receipts.ts';
import { smsRoutes } from './feeds/sms/sms.ts';
import type { Identity } from './identity/identity.ts';
import { createFocalPointsDoor } from './ingest/focal-points.ts';
import { createEraseTextDoor } from './ingest/erase-text.ts';
import { createFeedbackDoor } from './ingest/feedback.ts';
import { createIntakeDoor } from './ingest/intake.ts';
import { createSignalsDoor } from './ingest/signals.ts';
import type { Submit } from './ingest/submit.ts';
import type { ThreatsDoor } from './ingest/threats.ts';
import type { Duty } from './leader/standing-work.ts';
import type { Mission } from './mission/mission.ts';
import type { Fanout } from './fanout/fanout.ts';
import type { LivePicture } from './picture/live-picture.ts';
import type { Alert, Picture } from './picture/picture.ts';
import { fieldsOf } from './reading/fields-of.ts';
import { createMessageReader, type MessageReader } from './reading/message-reader.ts';
import type { RecordRoom } from './record/record.ts';
import { createFocalPoints } from './sources/focal-points.ts';
import { purgeGathered } from './sources/gathering.ts';
import { readSourceKey } from './sources/source-key.ts';
import { hasSources, openSources, type Sources } from './sources/sources.ts';
import { feedbackDue } from './watches/feedback.ts';
import { callerRoutes } from './web/caller-routes.ts';
import { focalPointRoutes } from './web/focal-point-routes.ts';
import { signalRoutes } from './web/signal-routes.ts';
import type { WhoAsks } from './web/who-asks.ts';

const purgeEveryMs = 3_600_000;
const finishEveryMs = 10_000;
const tellEveryMs = 1_000;
/** Gateways send again for hours; what came two days ago comes no more. */
const gatheredForMs = 2 * 24 * 3_600_000;

interface Parts {
  readonly config: Config;
  readonly record: RecordRoom;
  readonly sources: Sources;
  readonly mission: Mission;
  readonly submit: Submit;
  readonly threats: ThreatsDoor;
  readonly livePicture: LivePicture;
  readonly picture: () => Picture;
  readonly nowMs: () => number;
  readonly log: Logger;
}

export interface Intake {
  /** Reads messages; one for all doors, since it holds the names of all places. */
  readonly reader: MessageReader;
  readonly duties: readonly Duty[];
  routers(web: {
    readonly identity: Identity;
    readonly whoAsks: WhoAsks;
    readonly fanout: Pick<Fanout, 'receipt' | 'look'>;
  }): Array<ReturnType<typeof signalRoutes>>;
}

/** Servers that share a Redis share one key, which nobody can make for all of them: throws where it was forgotten. */
export function mustHaveSourceKey({ redisUrl, sourceKeyFile, sourceKeyGiven }: Config): void {
  if (redisUrl === undefined || !sourceKeyGiven || existsSync(sourceKeyFile)) return;
  throw new Error(
    `SOURCE_KEY_FILE: "${sourceKeyFile}" is not a file that is there; servers of one Redis need the same key`,
  );
}

/** Part of the composition in main.ts: the source store, and every door of those who call for help. */
export function openIntake(parts: Parts): Intake {
  const { config, record, sources, mission, submit, threats, livePicture, picture, nowMs, log } = parts;
  const gateways = smsGateways(mission, config);
  const points = createFocalPoints(sources);
  const intake = createIntakeDoor({ submit, picture, mission });
  const newId = (): string => randomUUID();
  const reader = createMessageReader(livePicture);
  const read = readWith(reader, nowMs);
  const messages = createMessagesDoor({ sources, points, intake, read, picture, nowMs });
  const certificates = mission.file.gateways.cap.map(({ certFile }, at) =>
    secretOf(config, certFile, `gateways.cap.${at}.certFile`),
  );
  const signals = createSignalsDoor({ intake, picture, newId, nowMs });
  const focalPoints = createFocalPointsDoor({ submit, sources, points, picture, mission, newId, nowMs });
  const maySee = (principal: Principal, alert: Alert): boolean =>
    viewOf.alerts(alert, audienceOf(principal), { mission, picture: picture(), atMs: nowMs() }) !== undefined;
  const feedback = createFeedbackDoor({ submit, picture, mission, sources, points, maySee });
  const outgoing = outgoingGateways(gateways, config);
  const due = (): ReturnType<typeof feedbackDue> => feedbackDue(picture(), nowMs());
  const telling = createTelling({ submit, sources, gateways: outgoing, due });
  const eraseText = createEraseTextDoor({ submit, sources, picture });
  livePicture.onNews(({ changes }) => {
    for (const { kind, id } of changes) {
      if (kind === 'alerts' && picture().alerts.get(id)?.textErasedAtMs !== undefined)
        sources.words.forget(id);
    }
  });
  if (sources.state === 'closed')
    log.error({ reason: sources.reason, record: record.kind }, 'sources are closed');
  return {
    reader,
    duties: [
      {
        name: 'forgetting parts of messages',
        everyMs: purgeEveryMs,
        run: () => purgeGathered(sources, nowMs() - gatheredForMs),
      },
      { name: 'telling callers', everyMs: tellEveryMs, run: (signal) => telling.run(signal) },
      {
        name: 'destroying keys of erased words',
        everyMs: finishEveryMs,
        run: (signal) => eraseText.finish(signal),
      },
    ],
    routers: ({ identity, whoAsks, fanout }) => {
      const guard = gatewayGuard({ identity, gateways, publicUrl: config.publicUrl });
      return [
        smssyncTasks({ guard, submit, sources, due }),
        smsRoutes({ guard, messages }),
        receiptRoutes({ guard, submit, sources, picture }),
        capRoutes({
          ...{ whoAsks, intake, threats, read, picture, certificates, shelf: record.shelf },
          signedOnly: mission.file.gateways.capSignedOnly === true,
        }),
        signalRoutes({ whoAsks, signals, fanout }),
        callerRoutes({ whoAsks, eraseText, feedback, fanout }),
        focalPointRoutes({ whoAsks, focalPoints, picture }),
      ];
    },
  };
}

/** What was read of a message, as an alert has it; all of the reading goes beside it. */
function readWith(reader: MessageReader, nowMs: () => number): ReadMessage {
  return async (text, { placeId: senderPlaceId }) => {
    return fieldsOf(await reader.read({ text, senderPlaceId, channel: 'sms', atMs: nowMs() }));
  };
}

/** The first server of a record that has no sources yet makes the key, unless it was told where the key is. */
export async function openSourceStore({
  config,
  record,
  mission,
  log,
}: Pick<Parts, 'config' | 'record' | 'mission' | 'log'>): Promise<Sources> {
  const isFirst = !(await hasSources(record.shelf));
  const mayMake = isFirst && (record.kind === 'embedded' || !config.sourceKeyGiven);
  const key = readSourceKey(config.sourceKeyFile, mayMake);
  if (key.state === 'here' && key.isNew) {
    log.warn(
      { file: config.sourceKeyFile },
      'a key for the source store was made: keep a copy apart from the data; every server of this record needs it',
    );
  }
  return await openSources({ shelf: record.shelf, key, country: mission.file.country });
}

/** The gateways of the mission file; throws an Error of one line for a secret that cannot be read. */
function smsGateways({ file }: Mission, config: Config): SmsGateway[] {
  return file.gateways.sms.map(({ kind, secretFile, sendUrl }, at) => {
    const secret = secretOf(config, secretFile, `gateways.sms.${at}.secretFile`);
    return { kind, secret, ...(sendUrl === undefined ? {} : { sendUrl }) };
  });
}

/** Where messages to callers go: the environment says it, else the mission file. */
function outgoingGateways(
  gateways: readonly SmsGateway[],
  { smsSend, publicUrl }: Config,
): OutgoingGateway[] {
  // Twilio can only report to an address that it can reach.
  const receiptsUrl = publicUrl && `${publicUrl.replace(/\/$/, '')}${twilioReceiptsPath}`;
  return smsGatewayKinds.flatMap((kind) => {
    const known = gateways.find((gateway) => gateway.kind === kind && gateway.sendUrl !== undefined);
    const url = smsSend[kind]?.url ?? known?.sendUrl;
    const secret =
      smsSend[kind]?.secret ?? known?.secret ?? gateways.find((one) => one.kind === kind)?.secret;
    const receipts = kind === 'twilio' && receiptsUrl ? { receiptsUrl } : {};
    return url === undefined ? [] : [{ kind, url, secret: secret ?? '', ...receipts }];
  });
}

function secretOf({ missionFile }: Config, named: string, path: string): string {
  const file = resolve(missionFile === undefined ? '.' : dirname(missionFile), named);
  try {
    const secret = readFileSync(file, 'utf8').trim();
    if (secret.length >= 8) return secret;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'error';
    throw new Error(`MISSION: ${path}: ${file} cannot be read (${code})`, { cause });
  }
  throw new Error(`MISSION: ${path}: ${file} holds no secret of eight characters or more`);
}
