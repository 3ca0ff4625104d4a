import { Router } from 'express';
import { z } from 'zod';
import { Failure } from '../../../shared/failure.ts';
import { parseJson } from '../../ingest/parse-json.ts';
import type { Submit } from '../../ingest/submit.ts';
import type { Sources } from '../../sources/sources.ts';
import { bodyText, bytesUpTo } from '../../web/bodies.ts';
import type { GatewayGuard } from './gateways.ts';
import { note, numberOf, wordsOf, type Waiting } from './telling.ts';

interface Parts {
  readonly guard: GatewayGuard;
  readonly submit: Submit;
  readonly sources: Sources;
  readonly due: () => readonly Waiting[];
}

const takenSchema = z.object({ queued_messages: z.array(z.string().max(100)).max(1_000) });

/**
 * SMSSync is a telephone: it asks for what it is to send, by the tasks of its sync address (SMSSync docs, "Configure",
 * tasks and message results): GET `?task=send&secret=…` is answered
 * `{payload: {task: "send", secret, messages: [{to, message, uuid}]}}`; POST `?task=sent` of
 * `{queued_messages: [uuid]}` says which it has taken, answered `{message_uuids: [uuid]}`. Until then they are given
 * again under the same uuid, by which the telephone knows them.
 */
export function smssyncTasks({ guard, submit, sources, due }: Parts): Router {
  const routes = Router();
  const uuidOf = ({ feedback }: Waiting): string => sources.digest('feedback', feedback.id);
  const waiting = (): readonly Waiting[] =>
    sources.state === 'closed'
      ? []
      : due().filter(({ alert, isOver }) => alert.gateway === 'smssync' && !isOver);
  const asked = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

  routes.get('/intake/sms/smssync', async (request, response) => {
    const secret = asked(request.query['secret']);
    await guard.bySecret(secret, 'smssync');
    response.setHeader('Cache-Control', 'no-store');
    if (request.query['task'] !== 'send') return void response.json({ message_uuids: [] });
    const messages = [];
    for (const one of waiting()) {
      const to = await numberOf({ sources }, one.alert);
      if (to !== undefined) messages.push({ to, message: wordsOf(one.feedback), uuid: uuidOf(one) });
    }
    response.json({ payload: { task: 'send', secret, messages } });
  });

  routes.post('/intake/sms/smssync', (request, response, next) => {
    if (request.query['task'] !== 'sent') return next();
    const take = async (): Promise<void> => {
      await guard.bySecret(asked(request.query['secret']), 'smssync');
      await new Promise<void>((resolve, reject) => {
        bytesUpTo(64_000)(request, response, (reason?: unknown) =>
          reason === undefined ? resolve() : reject(reason as Error),
        );
      });
      const parsed = takenSchema.safeParse(parseJson(bodyText(request)));
      if (!parsed.success)
        throw new Failure('field-invalid', 'queued_messages is a list of uuids', {
          field: 'queued_messages',
        });
      const uuids = parsed.data.queued_messages;
      for (const one of waiting()) if (uuids.includes(uuidOf(one))) await note({ submit }, one, 'sent');
      response.json({ message_uuids: uuids });
    };
    take().catch(next);
  });
  return routes;
}
