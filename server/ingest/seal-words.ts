import type { EventBody } from '../../shared/model/entry.ts';
import { mustBeSealed } from '../../shared/model/sealed.ts';
import { mayQuote, withoutTexts } from '../picture/words.ts';
import type { Alert, Picture } from '../picture/picture.ts';
import type { Words } from '../sources/words.ts';

type Body<K extends EventBody['kind']> = Extract<EventBody, { kind: K }>;

/**
 * What callers said leaves no entry unsealed: the text of an alert, what was read of it, and the reports that quote it.
 * Whose words they are is told by `mustBeSealed`. Where they were erased before, the entry goes on without them.
 */
export function sealWords(
  words: Pick<Words, 'seal'>,
  picture: () => Picture,
): (body: EventBody) => Promise<EventBody> {
  const alertOf = (id: string | undefined): Alert | undefined =>
    id === undefined ? undefined : picture().alerts.get(id);
  return async (body) => {
    switch (body.kind) {
      case 'alert.received':
        return await sealedAlert(words, body);
      case 'alert.changed':
        return await sealedChange(words, body, alertOf(body.alertId));
      case 'report.saved':
        return await sealedEdits(words, body, picture(), alertOf(body.subject.alertId));
      case 'report.signed':
        return await sealedContent(words, body, alertOf(body.subject.alertId));
      default:
        return body;
    }
  };
}

async function sealedAlert(
  words: Pick<Words, 'seal'>,
  body: Body<'alert.received'>,
): Promise<Body<'alert.received'>> {
  const { text, reading, ...alert } = body.alert;
  if (text === '' || !mustBeSealed(alert.channel, body.facts.restricted !== undefined)) return body;
  const sealed = await words.seal(body.alertId, { text, reading: reading ?? null });
  return { ...body, alert: { ...alert, text: '', ...(sealed === undefined ? {} : { sealed }) } };
}

/** Sealed together, so that the newest sealed form has all of them: what the change leaves out is as it was. */
async function sealedChange(
  words: Pick<Words, 'seal'>,
  body: Body<'alert.changed'>,
  alert: Alert | undefined,
): Promise<Body<'alert.changed'>> {
  const { text, reading, ...patch } = body.patch;
  const isRestricted = (body.facts.restricted ?? alert?.restricted) !== undefined;
  const channel = patch.channel ?? alert?.report.channel ?? 'sms';
  if ((text === undefined || text === '') && !reading) return body;
  if (!mustBeSealed(channel, isRestricted) && !alert?.report.sealed) return body;
  const told = {
    text: text ?? alert?.report.text ?? '',
    reading: (reading === undefined ? alert?.report.reading : reading) ?? null,
  };
  const sealed = await words.seal(body.alertId, told);
  return { ...body, patch: { ...patch, text: '', ...(sealed === undefined ? {} : { sealed }) } };
}

function isSealed(alert: Alert | undefined): alert is Alert {
  return alert !== undefined && mustBeSealed(alert.report.channel, alert.restricted !== undefined);
}

async function sealedEdits(
  words: Pick<Words, 'seal'>,
  body: Body<'report.saved'>,
  { watch }: Picture,
  alert: Alert | undefined,
): Promise<Body<'report.saved'>> {
  if (!isSealed(alert)) return body;
  const all = { ...watch.reports.get(body.reportId)?.edits, ...body.sections };
  const sealed = await words.seal(alert.id, all);
  return sealed === undefined ? body : { ...body, sections: {}, sealed };
}

async function sealedContent(
  words: Pick<Words, 'seal'>,
  body: Body<'report.signed'>,
  alert: Alert | undefined,
): Promise<Body<'report.signed'>> {
  if (!isSealed(alert)) return body;
  const quoting = body.content.sections.filter(mayQuote).map(({ id, text }) => [id, text] as const);
  const sealed = await words.seal(alert.id, Object.fromEntries(quoting));
  return sealed === undefined ? body : { ...body, content: withoutTexts(body.content), sealed };
}
