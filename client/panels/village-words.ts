import { ageText, distanceText, dtg } from '../../shared/messages/format.ts';
import type { ContactOut, VillageOut } from '../../shared/model/village.ts';
import { language, text } from '../store/language.svelte.ts';

const ageOf = (at: string, nowMs: number): string =>
  ageText(Math.abs(nowMs - Date.parse(at)) / 1_000, language.code);

/** When a village was last heard of; undefined where it may not be told, or nothing is expected. */
export function lastWords({ lastContact, state, dueAt }: VillageOut, nowMs: number): string | undefined {
  if (lastContact) return text('village.last', { time: ageOf(lastContact.at, nowMs) });
  return state === 'silent' || dueAt !== undefined ? text('village.never') : undefined;
}

/** When the next contact is due, or since when it is overdue. */
export function dueWords({ dueAt }: VillageOut, nowMs: number): string | undefined {
  if (dueAt === undefined) return undefined;
  const time = ageOf(dueAt, nowMs);
  return text(Date.parse(dueAt) < nowMs ? 'village.overdue' : 'village.dueIn', { time });
}

/** A contact in a line: how, by whom, how it stood there. */
export function contactWords({ how, by, result }: ContactOut): string {
  // The names come from the closed lists of the model, which the catalogue has all of.
  const parts = [
    text(`contact.how.${how}`),
    by === undefined ? undefined : text(`contact.by.${by as 'other'}`),
    result === undefined ? undefined : text(`contact.result.${result}`),
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

/** What the registry knows of a village, as names and values. */
export function villageFacts(
  village: VillageOut,
  nowMs: number,
): ReadonlyArray<readonly [name: string, value: string | undefined]> {
  const { reach, network, contactEveryH, liaison, nearestBase, lastContact } = village;
  const last =
    lastContact && `${dtg(Date.parse(lastContact.at))} · ${contactWords({ id: '', ...lastContact })}`;
  return [
    [text('village.fact.reach'), reach?.map((one) => text(`village.reach.${one}`)).join(', ')],
    [text('village.fact.network'), network],
    [
      text('village.fact.rhythm'),
      contactEveryH === undefined ? undefined : text('village.everyH', { count: contactEveryH }),
    ],
    [text('village.fact.last'), last ?? (village.state === 'silent' ? text('village.never') : undefined)],
    [text('village.fact.next'), dueWords(village, nowMs)],
    [text('village.fact.liaison'), liaison],
    [
      text('village.fact.base'),
      nearestBase &&
        text('village.base', {
          base: nearestBase.name,
          distance: distanceText(nearestBase.distanceM, language.code),
        }),
    ],
  ];
}
