import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { Failure } from '../../../shared/failure.ts';
import { parseBody } from '../../ingest/parse-body.ts';
import { parseJson } from '../../ingest/parse-json.ts';
import type { Submit } from '../../ingest/submit.ts';
import type { Alert, Feedback, Picture } from '../../picture/picture.ts';
import type { Sources } from '../../sources/sources.ts';
import { pathPart } from '../../web/asked.ts';
import { bodyText, bytesUpTo } from '../../web/bodies.ts';
import type { GatewayGuard } from './gateways.ts';
import { readForm } from './message.ts';
import { note } from './telling.ts';

/** Where Twilio reports to, below the address of the service: the message is named in the path, which it signs. */
export const twilioReceiptsPath = '/intake/sms/twilio/receipts';

interface Parts {
  readonly guard: GatewayGuard;
  readonly submit: Submit;
  readonly sources: Sources;
  readonly picture: () => Picture;
}

type Arrived = 'delivered' | 'undelivered';

const receiptSchema = z.object({
  id: z.string().min(1).max(200),
  state: z.enum(['delivered', 'undelivered']),
});

/** `MessageStatus` of Twilio's status callbacks (Twilio docs, "Track the message status of outbound messages"). */
const twilioStates: Readonly<Record<string, Arrived>> = {
  delivered: 'delivered',
  read: 'delivered',
  undelivered: 'undelivered',
  failed: 'undelivered',
};

const body = bytesUpTo(64_000);

/**
 * What gateways say later about messages to callers: `POST /intake/sms/generic/receipts` of `{id, state}` with the id
 * under which it got the message, and Twilio's status callback. A receipt for a message that is not known is answered
 * as well, so that nobody sends it again for ever.
 */
export function receiptRoutes(parts: Parts): Router {
  const { guard } = parts;
  const routes = Router();
  routes.post('/intake/sms/generic/receipts', async (request, response) => {
    await guard.byHeader(request, 'generic');
    await read(request, response);
    const { id, state } = parseBody(receiptSchema, parseJson(bodyText(request)));
    response.json({ noted: await arrived(parts, id, state) });
  });
  routes.post(`${twilioReceiptsPath}/:message`, async (request, response) => {
    await read(request, response);
    const form = readForm(bodyText(request));
    await guard.bySignature(request, form);
    const status = form.get('MessageStatus') ?? form.get('SmsStatus');
    if (status === undefined)
      throw new Failure('field-missing', 'MessageStatus is missing', { field: 'MessageStatus' });
    const state = twilioStates[status.toLowerCase()];
    response.json({
      noted: state !== undefined && (await arrived(parts, pathPart(request, 'message'), state)),
    });
  });
  return routes;
}

async function read(request: Request, response: Response): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    body(request, response, (reason?: unknown) =>
      reason === undefined ? resolve() : reject(reason as Error),
    );
  });
}

/** Puts on record that a message has reached its telephone, or never will. */
async function arrived({ submit, sources, picture }: Parts, id: string, state: Arrived): Promise<boolean> {
  if (sources.state === 'closed') return false;
  const message = sentUnder(picture(), (feedback) => sources.digest('feedback', feedback.id) === id);
  if (!message) return false;
  await note({ submit }, message, state);
  return true;
}

function sentUnder(
  { alerts }: Picture,
  isIt: (feedback: Feedback) => boolean,
): { alert: Alert; feedback: Feedback } | undefined {
  for (const alert of alerts.values()) {
    const feedback = alert.feedback?.find(isIt);
    if (feedback) return { alert, feedback };
  }
  return undefined;
}
