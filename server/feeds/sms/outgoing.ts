import type { SmsGatewayKind } from '../../../shared/model/source.ts';

/** A message on its way to a caller. `id` is the same at every try: a gateway that takes ids sends it once. */
export interface OutgoingText {
  readonly id: string;
  /** The number, `+243…`: it goes to the gateway and nowhere else. */
  readonly to: string;
  readonly text: string;
}

export interface OutgoingGateway {
  readonly kind: SmsGatewayKind;
  readonly url: string;
  readonly secret: string;
  /** Where it says later whether a message has arrived; the id of the message is put behind it. */
  readonly receiptsUrl?: string;
}

/** `later`: try again. `refused`: the gateway will never take it. `reason` has nothing of the caller or the message. */
export type Sent =
  { readonly state: 'sent' } | { readonly state: 'later' | 'refused'; readonly reason: string };

/** A gateway that has not answered by then is tried again. */
const answerWithinMs = 10_000;

/**
 * Hands a message to its gateway, in the gateway's own form:
 * - generic: POST of JSON `{id, to, text}`, `Authorization: Bearer SECRET`, `Idempotency-Key: id`.
 * - rapidpro: `/api/v2/broadcasts.json` of RapidPro and TextIt (their API reference at `/api/v2/`): JSON
 *   `{urns: ["tel:+…"], text}`, `Authorization: Token SECRET`. It takes no id.
 * - twilio: `/2010-04-01/Accounts/AC…/Messages.json` (Twilio docs, "Message resource", create): form `To`, `From` or
 *   `MessagingServiceSid`, `Body`; basic authentication with the account in the address. What the address has as query
 *   (`?From=+44…`) goes into the form. It takes no id; `StatusCallback` says where it reports (receipts.ts).
 * SMSSync is no server: the telephone asks for its messages (smssync-tasks.ts).
 * Answers of 408, 425, 429 and 500 on, or none, are tried again; other refusals are for good.
 */
export async function sendText(
  gateway: OutgoingGateway,
  message: OutgoingText,
  signal: AbortSignal,
): Promise<Sent> {
  const { url, ...request } = requestOf(gateway, message);
  try {
    const within = AbortSignal.any([signal, AbortSignal.timeout(answerWithinMs)]);
    const { status, ok, body } = await fetch(url, {
      ...request,
      method: 'POST',
      redirect: 'error',
      signal: within,
    });
    await body?.cancel();
    if (ok) return { state: 'sent' };
    const again = status >= 500 || [408, 425, 429].includes(status);
    return { state: again ? 'later' : 'refused', reason: `the gateway answered ${status}` };
  } catch {
    return { state: 'later', reason: 'the gateway did not answer' };
  }
}

function requestOf(
  { kind, url, secret, receiptsUrl }: OutgoingGateway,
  { id, to, text }: OutgoingText,
): { readonly url: string; readonly headers: Record<string, string>; readonly body: string } {
  const json = { 'content-type': 'application/json' };
  switch (kind) {
    case 'rapidpro':
      return {
        url,
        headers: { ...json, authorization: `Token ${secret}` },
        body: JSON.stringify({ urns: [`tel:${to}`], text }),
      };
    case 'twilio': {
      const address = new URL(url);
      const account = /\/Accounts\/([^/]+)\//.exec(address.pathname)?.[1] ?? '';
      const fields = new URLSearchParams([...address.searchParams, ['To', to], ['Body', text]]);
      if (receiptsUrl !== undefined) fields.set('StatusCallback', `${receiptsUrl}/${encodeURIComponent(id)}`);
      address.search = '';
      return {
        url: address.href,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          authorization: `Basic ${Buffer.from(`${account}:${secret}`).toString('base64')}`,
        },
        body: fields.toString(),
      };
    }
    default:
      return {
        url,
        headers: { ...json, authorization: `Bearer ${secret}`, 'idempotency-key': id },
        body: JSON.stringify({ id, to, text }),
      };
  }
}
