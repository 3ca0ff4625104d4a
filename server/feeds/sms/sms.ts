import { Router, type Request, type Response } from 'express';
import { Failure } from '../../../shared/failure.ts';
import type { Principal } from '../../../shared/role.ts';
import { bytesUpTo } from '../../web/bodies.ts';
import { toFailure } from '../../web/errors.ts';
import {
  genericCall,
  genericText,
  rapidproCall,
  rapidproText,
  smssyncText,
  twilioCall,
  twilioText,
} from './gateway-forms.ts';
import type { GatewayGuard } from './gateways.ts';
import { readForm, readLetters, type IncomingCall } from './message.ts';
import type { MessagesDoor } from './messages.ts';

const body = bytesUpTo(256_000);

interface Parts {
  readonly guard: GatewayGuard;
  readonly messages: MessagesDoor;
}

/**
 * `POST /intake/sms/{generic,rapidpro,twilio,smssync}` and `POST /intake/call[/rapidpro|/twilio]`: text messages and
 * missed calls of the usual gateways. Each is answered as its gateway expects it, after the alert is durable: Twilio with
 * TwiML that says nothing (`<Response></Response>`), SMSSync with `{payload: {success, error}}`, RapidPro with any 200.
 * The same message again gets the same answer and makes no second alert.
 */
export function smsRoutes({ guard, messages }: Parts): Router {
  const routes = Router();
  const answerJson = async (
    response: Response,
    taken: ReturnType<MessagesDoor['takeText']>,
  ): Promise<void> => {
    const { id, isNew } = await taken;
    response.json({ alertId: id, duplicate: !isNew });
  };

  routes.post('/intake/sms/generic', async (request, response) => {
    const gateway = await guard.byHeader(request, 'generic');
    await answerJson(response, messages.takeText(gateway, genericText(await jsonOf(request, response))));
  });
  routes.post('/intake/sms/rapidpro', async (request, response) => {
    const gateway = await guard.byHeader(request, 'rapidpro');
    const given = await jsonOrForm(request, response);
    await answerJson(response, messages.takeText(gateway, rapidproText(given)));
  });
  routes.post('/intake/sms/twilio', async (request, response) => {
    const form = readForm(await lettersOf(request, response));
    const gateway = await guard.bySignature(request, form);
    await messages.takeText(gateway, twilioText(form));
    response.type('text/xml').send('<?xml version="1.0" encoding="UTF-8"?><Response></Response>');
  });
  routes.post('/intake/sms/smssync', async (request, response) => {
    const form = readForm(await lettersOf(request, response));
    await answerSmssync(response, async () => {
      const gateway = await guard.bySecret(form.get('secret'), 'smssync');
      await messages.takeText(gateway, smssyncText(form));
    });
  });
  callRoutes(routes, { guard, messages });
  return routes;
}

function callRoutes(routes: Router, { guard, messages }: Parts): void {
  const take = async (
    response: Response,
    gateway: Principal,
    call: IncomingCall | undefined,
  ): Promise<void> => {
    if (!call) return void response.json({ ignored: true });
    const { id, isNew } = await messages.takeCall(gateway, call);
    response.json({ alertId: id, duplicate: !isNew });
  };
  routes.post('/intake/call', async (request, response) => {
    const gateway = await guard.byHeader(request, 'generic');
    await take(response, gateway, genericCall(await jsonOf(request, response)));
  });
  routes.post('/intake/call/rapidpro', async (request, response) => {
    const gateway = await guard.byHeader(request, 'rapidpro');
    await take(response, gateway, rapidproCall(await jsonOrForm(request, response)));
  });
  routes.post('/intake/call/twilio', async (request, response) => {
    const form = readForm(await lettersOf(request, response));
    const gateway = await guard.bySignature(request, form);
    const call = twilioCall(form);
    if (call) await messages.takeCall(gateway, call);
    // Not answered, so that it costs the caller nothing.
    response
      .type('text/xml')
      .send('<?xml version="1.0" encoding="UTF-8"?><Response><Reject reason="busy"/></Response>');
  });
}

/** SMSSync keeps a message and sends it again until `success` is true. */
async function answerSmssync(response: Response, work: () => Promise<void>): Promise<void> {
  try {
    await work();
    response.json({ payload: { success: true, error: null } });
  } catch (reason) {
    const failure = toFailure(reason);
    if (failure.code === 'internal') throw reason;
    response.status(failure.status).json({ payload: { success: false, error: failure.message } });
  }
}

/** The body in whatever encoding it is in. Read only after the gateway is known, where its header says who it is. */
async function lettersOf(request: Request, response: Response): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    body(request, response, (reason?: unknown) =>
      reason === undefined ? resolve() : reject(reason as Error),
    );
  });
  const bytes: unknown = request.body;
  return Buffer.isBuffer(bytes) ? readLetters(bytes, request.headers['content-type'] ?? '') : '';
}

async function jsonOf(request: Request, response: Response): Promise<unknown> {
  const letters = (await lettersOf(request, response)).trim();
  if (letters === '') throw new Failure('bad-body', 'the body is empty');
  return jsonFrom(letters);
}

async function jsonOrForm(request: Request, response: Response): Promise<unknown> {
  const letters = (await lettersOf(request, response)).trim();
  return /^[[{]/.test(letters) ? jsonFrom(letters) : Object.fromEntries(readForm(letters));
}

/** Where it goes wrong is not told: that would repeat a piece of the message. */
function jsonFrom(letters: string): unknown {
  // Gateways put messages into a form without a thought to the line breaks in them.
  for (const tried of [letters, letters.replace(/\p{Cc}/gu, ' ')]) {
    try {
      return JSON.parse(tried);
    } catch {
      continue;
    }
  }
  throw new Failure('bad-json', 'the body is not JSON');
}
