import { feedbackTemplates } from '../../shared/model/feedback-lists.ts';
import {
  inPath,
  json,
  operation,
  ref,
  text,
  type Content,
  type JsonSchema,
  type Paths,
} from './openapi-shape.ts';

const taken: JsonSchema = {
  type: 'object',
  properties: { alertId: text, duplicate: { type: 'boolean' }, ignored: { type: 'boolean' } },
};
const anything: Content = json({ type: 'object' });
const form: Content = { 'application/x-www-form-urlencoded': { schema: { type: 'object' } } };
const xml: Content = { 'text/xml': { schema: text } };
const rule =
  'The same message again gives the same answer and no second alert. The number of the sender goes to the source ' +
  'store and nowhere else. The secret of the gateway (mission file) or a feed token says who brings it.';

const intake = (
  call: Pick<Parameters<typeof operation>[0], 'id' | 'summary' | 'body' | 'answers' | 'parameters'>,
): Paths[string] => ({
  post: operation({
    ...call,
    tag: 'Intake',
    description: rule,
    lenientBody: true,
    failures: [
      ...(['role-not-allowed', 'field-missing', 'field-invalid', 'bad-json', 'bad-body'] as const),
      ...(['too-large', 'record-unavailable'] as const),
    ],
    signIn: ['bearer', 'basic'],
  }),
});
const answered = { 200: { description: 'it is durable', content: json(taken) } };

const point = json(ref('FocalPoint'));
const pseudonym = inPath('pseudonym', 'as FP-7Q3', text);
const points = 'Focal points';
const refused = ['role-not-allowed', 'not-found', 'sources-closed'] as const;

/** How calls for help come in, and the registry of those who call. */
export const intakePaths: Paths = {
  '/intake/sms/generic': intake({
    id: 'postSmsGeneric',
    summary: 'A text message: `{id, from, text, receivedAt?, part?: {reference, number, total}}`',
    body: anything,
    answers: answered,
  }),
  '/intake/sms/generic/receipts': intake({
    id: 'postReceiptGeneric',
    summary:
      'Whether a message to a caller has arrived: `{id, state}`, delivered or undelivered, with the id under which the gateway got it',
    body: anything,
    answers: { 200: { description: '`{noted}`: whether the message is known', content: anything } },
  }),
  '/intake/sms/twilio/receipts/{message}': intake({
    id: 'postReceiptTwilio',
    summary: 'The status callback of Twilio for a message to a caller, signed over PUBLIC_URL',
    parameters: [inPath('message', 'as the callback address names it', text)],
    body: form,
    answers: {
      200: {
        description: '`{noted}`: whether it is known and said to have arrived or not',
        content: anything,
      },
    },
  }),
  '/intake/sms/rapidpro': intake({
    id: 'postSmsRapidpro',
    summary: 'A text message, as the webhook of a RapidPro flow posts it',
    body: anything,
    answers: answered,
  }),
  '/intake/sms/twilio': intake({
    id: 'postSmsTwilio',
    summary: 'A text message of Twilio, signed by `X-Twilio-Signature` over PUBLIC_URL',
    body: form,
    answers: { 200: { description: 'TwiML that answers nothing', content: xml } },
  }),
  '/intake/sms/smssync': {
    get: operation({
      id: 'getSmssyncTask',
      tag: 'Intake',
      summary: 'SMSSync asks for the messages that it is to send to callers',
      description:
        'POST with `?task=sent` of `{queued_messages: [uuid]}` says which it has taken; until then they are given again.',
      parameters: ['task', 'secret'].map((name) => ({
        name,
        in: 'query',
        required: true,
        description: name === 'task' ? 'send' : 'of the gateway',
        schema: text,
      })),
      answers: {
        200: {
          description: '`{payload: {task, secret, messages: [{to, message, uuid}]}}`',
          content: anything,
        },
      },
      failures: ['not-signed-in'],
      signIn: [],
    }),
    ...intake({
      id: 'postSmsSmssync',
      summary: 'A text message of SMSSync, with its `secret`',
      body: form,
      answers: { 200: { description: '`{payload: {success, error}}`', content: anything } },
    }),
  },
  '/intake/call': intake({
    id: 'postCall',
    summary: 'A missed call, which asks to be called back: `{id?, from, at?}`',
    body: anything,
    answers: answered,
  }),
  '/intake/call/rapidpro': intake({
    id: 'postCallRapidpro',
    summary: 'A missed call of RapidPro',
    body: anything,
    answers: answered,
  }),
  '/intake/call/twilio': intake({
    id: 'postCallTwilio',
    summary: 'An incoming call of Twilio, which is not answered and costs nothing',
    body: form,
    answers: { 200: { description: 'TwiML that rejects the call', content: xml } },
  }),
  '/intake/cap': {
    post: operation({
      id: 'postCap',
      tag: 'Intake',
      summary: 'CAP 1.2: alert, update and cancel',
      description:
        'Document types and entities are refused. A signature is checked where the mission file names certificates. ' +
        'Messages whose status is not Actual are ignored.',
      body: { 'application/cap+xml': { schema: text } },
      answers: { 200: { description: 'what was done', content: anything } },
      failures: ['role-not-allowed', 'field-missing', 'field-invalid'],
    }),
  },
  '/api/signals': {
    post: operation({
      id: 'postSignal',
      tag: 'Intake',
      summary: 'A bell, whistle, flare or shots, with the bearing where it is known',
      description: 'Two bearings within ten minutes that cross make one alert at the crossing.',
      body: json(ref('SignalIn')),
      answers: {
        200: { description: 'the alert, which was there', content: json(ref('Alert')) },
        201: { description: 'the alert', content: json(ref('Alert')) },
      },
      failures: ['role-not-allowed', 'not-found', 'field-missing', 'field-invalid', 'field-out-of-range'],
    }),
  },
  '/api/focal-points': {
    get: operation({
      id: 'getFocalPoints',
      tag: points,
      summary: 'Focal points: to the liaison those of its area, to the desk pseudonyms and areas',
      answers: { 200: { description: 'without any number', content: anything } },
      failures: [...refused],
    }),
    post: operation({
      id: 'postFocalPoint',
      tag: points,
      summary: 'Register a focal point of your own area',
      body: json(ref('FocalPointIn')),
      answers: {
        200: { description: 'was registered already', content: point },
        201: { description: 'under its pseudonym', content: point },
      },
      failures: [...refused, 'conflict', 'field-missing', 'field-invalid'],
    }),
  },
  '/api/focal-points/{pseudonym}': {
    get: operation({
      id: 'getFocalPoint',
      tag: points,
      summary: 'One focal point of your own area, with the notes of its care',
      parameters: [pseudonym],
      answers: { 200: { description: 'without its number', content: point } },
      failures: [...refused],
    }),
    patch: operation({
      id: 'patchFocalPoint',
      tag: points,
      summary: 'Change a focal point',
      parameters: [pseudonym],
      body: json(ref('FocalPointPatch')),
      answers: { 200: { description: 'as it is now', content: point } },
      failures: [...refused, 'field-invalid'],
    }),
  },
  '/api/focal-points/{pseudonym}/care': {
    post: operation({
      id: 'postFocalPointCare',
      tag: points,
      summary: 'Note a contact, a top-up, a threat against them, a rotation',
      parameters: [pseudonym],
      body: json(ref('CareNoteIn')),
      answers: { 200: { description: 'the focal point', content: point } },
      failures: [...refused, 'field-missing', 'field-invalid'],
    }),
  },
  '/api/focal-points/{pseudonym}/withdraw': {
    post: operation({
      id: 'postFocalPointWithdraw',
      tag: points,
      summary: 'Withdraw a focal point: its number and notes are erased',
      parameters: [pseudonym],
      answers: { 204: { description: 'erased' } },
      failures: [...refused],
    }),
  },
  '/api/focal-points/{pseudonym}/open': {
    post: operation({
      id: 'postFocalPointOpen',
      tag: points,
      summary: 'Read the real number, for a reason; who, when and why is recorded first',
      description: 'The liaison of the area only. Calls are not bridged: this is the number itself.',
      parameters: [pseudonym],
      body: json(ref('Why')),
      answers: { 200: { description: '`{pseudonym, number, codeWord?}`', content: anything } },
      failures: [...refused, 'field-missing', 'field-out-of-range'],
    }),
  },
  '/api/alerts/{id}/feedback': {
    post: operation({
      id: 'tellCaller',
      tag: 'Alerts',
      summary: 'Tell the caller, in neutral words, what became of the alert',
      description:
        'Roles: watch, chief, liaison; of restricted records adviser only. Only where the caller is a focal point that is ' +
        'marked safe and has not asked to hear nothing. It goes by the gateway that the alert came by; `feedback` of the ' +
        'alert says how far it came. The same one again changes nothing, unless it has failed.',
      parameters: [inPath('id', 'the alert')],
      body: json({
        type: 'object',
        properties: { template: { type: 'string', enum: [...feedbackTemplates] } },
        required: ['template'],
      }),
      answers: { 200: { description: 'as it is now', content: json(ref('Alert')) } },
      failures: [...refused, 'sender-not-safe', 'field-missing', 'field-invalid'],
    }),
  },
  '/api/alerts/{id}/erase-text': {
    post: operation({
      id: 'eraseText',
      tag: 'Alerts',
      summary: 'Erase for ever what a caller said',
      description:
        'Roles: chief, of restricted records adviser, of either dpo; on record with the reason. The key of its words is ' +
        'destroyed: text, what was read of it and what reports quoted of it are gone on every server; the alert and its ' +
        'clock stay. Texts of channels of communities (sms, call, missed-call, radio, signal, walk-in, liaison) and of ' +
        'restricted records have such a key; others, and those recorded before there were keys, leave every screen, ' +
        'while the record itself goes on to hold them.',
      parameters: [inPath('id', 'the alert')],
      body: json(ref('Why')),
      answers: { 200: { description: '`{id, textErasedAt}`', content: anything } },
      failures: [
        'role-not-allowed',
        'not-found',
        'field-missing',
        'field-out-of-range',
        'record-unavailable',
      ],
    }),
  },
  '/api/audit/sources': {
    get: operation({
      id: 'getSourceAudit',
      tag: points,
      summary: 'Who registered, opened and withdrew which source, when and why',
      answers: { 200: { description: 'the last thousand, oldest first', content: anything } },
      failures: ['role-not-allowed'],
    }),
  },
};
