import type { FailureCode } from '../../shared/failure.ts';

/** What each failure code means to the program that gets it: all of them, or this does not compile. */
export const failureMeanings: Readonly<Record<FailureCode, string>> = {
  'bad-json': 'the body is not JSON',
  'bad-body': 'the body is JSON of another shape than this call takes',
  'bad-encoding': 'the body is not UTF-8, or its compression is unknown or damaged',
  'bad-request': 'the request itself is not valid HTTP for this address',
  'not-signed-in': 'no token or session, or one that is wrong, expired or withdrawn',
  'role-not-allowed': 'this role may not do this; the message names those that may',
  'origin-refused': 'a call with a session cookie that does not come from a page of this server',
  'unit-not-yours': 'the token is not for this unit',
  'not-found': 'there is no such thing, or you may not know of it',
  'unit-unknown': 'no unit of this id is registered',
  conflict: 'something else is on record under the same name; it stays',
  'step-not-allowed':
    'the alert is in a state that does not allow the step; details.allowed lists those it does',
  'too-large': 'the body has more bytes than this call takes',
  'too-many-items': 'the body has more items than one call takes',
  'field-missing': 'a field that is needed is not there',
  'field-invalid': 'a field has another type or form than it should',
  'field-out-of-range': 'a field is too small, too large, too short or too long',
  'time-invalid': 'a time is not RFC 3339 with an offset',
  'time-future': 'a time is more than 60 s in the future',
  'no-fix': 'the device says that it does not know where it is',
  'too-many-requests': 'too many calls from here; wait a minute',
  'record-unavailable': 'nothing can be made durable now; send the same again after Retry-After seconds',
  'shutting-down': 'this server is stopping; send the same again',
  'sources-closed': 'the source store cannot be opened: its key is missing or another one',
  'sender-not-safe': 'the caller is not marked safe to be told, cannot be reached, or wants to hear nothing',
  internal: 'a fault of the server, which it logged; send the same again later',
};
