import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { Failure } from '../../../shared/failure.ts';
import { parseTime } from '../../ingest/parse-time.ts';
import type { IncomingCall, IncomingText } from './message.ts';

/** Most of a message that is looked at; an ordinary one of ten parts has 1,530 letters. */
const longText = z.string().max(100_000);
const shortText = z.union([z.string(), z.number()]).transform(String).pipe(z.string().max(300));

const genericSchema = z.object({
  id: shortText,
  from: shortText,
  text: longText.nullish(),
  receivedAt: z.string().nullish(),
  part: z
    .object({
      reference: shortText,
      number: z.number().int().min(1).max(255),
      total: z.number().int().min(1).max(255),
    })
    .nullish(),
});

/** `POST /intake/sms/generic`: `{id, from, text, receivedAt?, part?: {reference, number, total}}`. */
export function genericText(body: unknown): IncomingText {
  const parsed = genericSchema.safeParse(body);
  if (!parsed.success) throw wrongField(parsed.error);
  const { id, from, text, receivedAt, part } = parsed.data;
  return {
    gateway: 'generic',
    id,
    from,
    text: text ?? '',
    atMs: parseTime(receivedAt ?? undefined),
    ...(part ? { part } : {}),
  };
}

const callSchema = z.object({ id: shortText.nullish(), from: shortText, at: z.string().nullish() });

/** `POST /intake/call`: `{id?, from, at?}`. */
export function genericCall(body: unknown): IncomingCall {
  const parsed = callSchema.safeParse(body);
  if (!parsed.success) throw wrongField(parsed.error);
  const { id, from, at } = parsed.data;
  return { gateway: 'generic', id: id ?? undefined, from, atMs: parseTime(at ?? undefined) };
}

/** The field that is wrong, and nothing of what it held. */
function wrongField({ issues }: z.ZodError): Failure {
  const field = issues[0]?.path.join('.') ?? '';
  return new Failure(
    'field-invalid',
    field === '' ? 'the body must be a JSON object' : `${field} is missing or not valid`,
    { field },
  );
}

/**
 * RapidPro's webhook, as its flows post it (RapidPro and TextIt, documentation of the flow node "Call Webhook"): `contact.urn` (or `input.urn`), `input.text`, `input.uuid`, `run.uuid`.
 * Bodies that a flow writes itself may be flat: `{from|phone|urn, text, id}`.
 */
export function rapidproText(body: unknown): IncomingText {
  const said = (...paths: readonly string[]): string | undefined => firstText(body, paths);
  const from = said('contact.urn', 'input.urn', 'urn', 'phone', 'from', 'contact.urns.0');
  if (from === undefined)
    throw new Failure('field-missing', 'contact.urn is missing', { field: 'contact.urn' });
  const run = said('run.uuid');
  const at = said('input.created_on', 'created_on', 'time', 'run.created_on');
  return {
    gateway: 'rapidpro',
    id:
      said('input.uuid', 'id', 'msg.uuid', 'message.id') ??
      (run === undefined ? undefined : `${run} ${at ?? ''}`),
    from,
    text: said('input.text', 'text', 'message.text', 'message') ?? '',
    atMs: parseTime(at),
  };
}

/** RapidPro tells of a missed call as `{event: "mo_miss", urn|phone, time}`; other events are none. */
export function rapidproCall(body: unknown): IncomingCall | undefined {
  const event = firstText(body, ['event', 'type', 'channel_event.event_type', 'status']);
  if (event !== undefined && !/miss|no.?answer|busy|mo_call/i.test(event)) return undefined;
  const { gateway, from, atMs } = rapidproText(body);
  return { gateway, id: firstText(body, ['id', 'uuid', 'call.uuid', 'channel_event.uuid']), from, atMs };
}

function firstText(body: unknown, paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const value = path.split('.').reduce<unknown>((inside, key) => {
      return typeof inside === 'object' && inside !== null && Object.hasOwn(inside, key)
        ? (inside as Record<string, unknown>)[key]
        : undefined;
    }, body);
    if (typeof value === 'string' && value !== '' && value.length <= 100_000) return value;
    if (typeof value === 'number') return String(value);
  }
  return undefined;
}

type Form = ReadonlyMap<string, string>;

/** SMSSync (its documentation, "Sync URL") posts `from, message, message_id, sent_to, secret, device_id, sent_timestamp` (ms since 1970). */
export function smssyncText(form: Form): IncomingText {
  const sent = Number(form.get('sent_timestamp') ?? 'none');
  return {
    gateway: 'smssync',
    id: form.get('message_id') ?? undefined,
    from: needed(form, 'from'),
    text: form.get('message') ?? '',
    atMs: Number.isFinite(sent) && sent > 0 ? sent : undefined,
  };
}

/** Twilio posts `MessageSid, From, Body, …` (Twilio docs, "Twilio's request to your incoming message webhook URL"). */
export function twilioText(form: Form): IncomingText {
  return {
    gateway: 'twilio',
    id: form.get('MessageSid') ?? form.get('SmsMessageSid') ?? form.get('SmsSid'),
    from: needed(form, 'From'),
    text: form.get('Body') ?? '',
    atMs: undefined,
  };
}

/** Every incoming call is a request to call back: we never answer, so that it costs the caller nothing. */
export function twilioCall(form: Form): IncomingCall | undefined {
  if ((form.get('Direction') ?? 'inbound') !== 'inbound') return undefined;
  return { gateway: 'twilio', id: form.get('CallSid'), from: needed(form, 'From'), atMs: undefined };
}

function needed(form: Form, field: string): string {
  const value = form.get(field);
  if (value !== undefined) return value.slice(0, 300);
  throw new Failure('field-missing', `${field} is missing`, { field });
}

/**
 * Twilio's signature (Twilio docs, "Webhooks security", X-Twilio-Signature): base64 of HMAC-SHA1, with the account's token, over the full address and the fields in order of
 * their names, names and values one after another.
 */
export function twilioSigned(
  secret: string,
  { url, form, signature }: { readonly url: string; readonly form: Form; readonly signature: string },
): boolean {
  const told = [...form].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).flat();
  const expected = createHmac('sha1', secret)
    .update(url + told.join(''))
    .digest();
  const given = Buffer.from(signature, 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
