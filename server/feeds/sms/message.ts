import type { SmsGatewayKind } from '../../../shared/model/source.ts';

export type { SmsGatewayKind };

/** A text message as a gateway brought it. `from` is a number: it goes to the source store and nowhere else. */
export interface IncomingText {
  readonly gateway: SmsGatewayKind;
  /** The gateway's id of the message, where it gives one. */
  readonly id: string | undefined;
  readonly from: string;
  readonly text: string;
  readonly atMs: number | undefined;
  /** Parts of one long message have one reference. */
  readonly part?: { readonly reference: string; readonly number: number; readonly total: number };
}

/** A call that rang and was not answered. */
export interface IncomingCall {
  readonly gateway: SmsGatewayKind;
  readonly id: string | undefined;
  readonly from: string;
  readonly atMs: number | undefined;
}

/** Text of a body in whatever encoding it is in: nothing is refused because a gateway got its letters wrong. */
export function readLetters(bytes: Uint8Array, contentType: string): string {
  const [, named] = /charset=["']?([\w-]{1,40})/i.exec(contentType) ?? [];
  for (const label of [named ?? 'utf-8', 'utf-8', 'windows-1252']) {
    try {
      return new TextDecoder(label, { fatal: label !== 'windows-1252' }).decode(bytes);
    } catch {
      // Not in this encoding, or there is none of this name: the next.
    }
  }
  return '';
}

/** The fields of a form. Escapes that are no UTF-8 are taken as Western letters, which is what old gateways send. */
export function readForm(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const pair of text.split('&').slice(0, 200)) {
    if (pair === '') continue;
    const [name = '', ...value] = pair.split('=');
    const read = [name, value.join('=')].map(unescaped);
    if (!fields.has(read[0] ?? '')) fields.set(read[0] ?? '', read[1] ?? '');
  }
  return fields;
}

function unescaped(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced.replace(/(?:%[0-9a-f]{2})+/gi, (escaped) =>
      readLetters(Buffer.from(escaped.replaceAll('%', ''), 'hex'), ''),
    );
  }
}

/** Without control characters, which neither screens nor people can read. Halves of characters stay: see `whole`. */
export function withoutControls(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '');
}

/**
 * The text as the record keeps it, up to so many letters and without halves of characters. Gateways cut long messages
 * into parts anywhere, in the middle of an emoji too: parts are joined before this.
 */
export function whole(text: string, most: number): string {
  return text.slice(0, most).toWellFormed();
}
