import { dtg } from '../../shared/messages/format.ts';
import { isMessageKey } from '../../shared/messages/text.ts';
import type { AlertOut } from '../../shared/model/alert.ts';
import { text } from '../store/language.svelte.ts';

/** How an alert ended or was put aside, in pairs for a list of facts. */
export function closingFacts(alert: AlertOut): ReadonlyArray<readonly [string, string | undefined]> {
  return [
    [text('card.outcome'), named('outcome', alert.outcome)],
    [text('form.harm'), named('harm', alert.harm)],
    [text('card.reason'), named('noResponse', alert.reason)],
    [text('card.mergedInto'), alert.mergedInto],
    [text('card.referredTo'), named('referral', alert.referredTo)],
    [text('card.monitorUntil'), alert.monitorUntil && dtg(Date.parse(alert.monitorUntil))],
  ];
}

/** The text of a value under a prefix; free text (a reason in a person's own words) stays as it is. */
export function named(prefix: string, value: string | undefined): string | undefined {
  const key = `${prefix}.${value}`;
  return isMessageKey(key) ? text(key) : value;
}
