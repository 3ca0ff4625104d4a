import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { failures } from '../../../shared/failure.ts';
import {
  isMessageKey,
  languageCodes,
  namesUnder,
  textIn,
  type LanguageCode,
} from '../../../shared/messages/text.ts';
import { en } from '../../../shared/messages/en.ts';
import { phone as enPhone } from '../../../shared/messages/en/phone.ts';
import { watch as enWatch } from '../../../shared/messages/en/watch.ts';
import { fr } from '../../../shared/messages/fr.ts';
import { phone as frPhone } from '../../../shared/messages/fr/phone.ts';
import { watch as frWatch } from '../../../shared/messages/fr/watch.ts';
import * as steps from '../../../shared/model/alert-steps.ts';
import * as alert from '../../../shared/model/alert-lists.ts';
import { alertHappenings } from '../../../shared/model/alert.ts';
import { signalKinds } from '../../../shared/model/signal-lists.ts';
import { offWayReasons } from '../../../shared/model/way-lists.ts';
import { placeKinds } from '../../../shared/model/place.ts';
import { unitKinds, unitStates } from '../../../shared/model/unit.ts';
import { roles } from '../../../shared/role.ts';

const catalogues: Record<LanguageCode, Record<string, string>> = {
  en: { ...en, ...enPhone, ...enWatch },
  fr: { ...fr, ...frPhone, ...frWatch },
};
const keys = Object.keys(catalogues.en);

/** Names of the parameters in a text, those inside the branches of its plurals too. */
function paramsOf(elements: ReturnType<IntlMessageFormat['getAst']>): string[] {
  return elements.flatMap((element) => {
    const inside =
      'options' in element ? Object.values(element.options).flatMap(({ value }) => paramsOf(value)) : [];
    // Only text and the # of a plural have nothing to put in.
    const isText = !('value' in element) || element.type === 0;
    return isText ? inside : [element.value, ...inside];
  });
}
const paramsIn = (message: string) =>
  [...new Set(paramsOf(new IntlMessageFormat(message, 'en').getAst()))].sort();

describe('catalogues', () => {
  it.each(languageCodes)('%s has every key and no other', (code) => {
    expect(Object.keys(catalogues[code]).sort()).toEqual([...keys].sort());
  });

  it.each(languageCodes)('%s has the parameters of English in every text', (code) => {
    const differing = keys.filter(
      (key) => paramsIn(catalogues[code][key] ?? '').join() !== paramsIn(catalogues.en[key] ?? '').join(),
    );
    expect(differing).toEqual([]);
  });

  it.each(languageCodes)(
    '%s has no empty text and no straight apostrophe, which ICU takes for a quote',
    (code) => {
      expect(
        keys.filter(
          (key) => (catalogues[code][key] ?? '').trim() === '' || (catalogues[code][key] ?? '').includes("'"),
        ),
      ).toEqual([]);
    },
  );

  it('French keeps signs of two parts together with their word', () => {
    expect(keys.filter((key) => / [:;?!»]|« /.test(catalogues.fr[key] ?? ''))).toEqual([]);
  });

  it('names everything of the model', () => {
    const lists: Record<string, readonly string[]> = {
      category: [...alert.alertCategories, alert.protectionIncident],
      channel: alert.channels,
      precision: alert.precisions,
      restricted: alert.restrictedClasses,
      verification: alert.verifications,
      segment: alert.segmentNames,
      taskState: alert.taskStates,
      alertState: steps.alertStates,
      step: steps.steps,
      event: [...alertHappenings, ...steps.steps],
      offWay: offWayReasons,
      signalKind: signalKinds,
      refusal: steps.refusalReasons,
      noResponse: steps.noResponseReasons,
      outcome: steps.outcomes,
      harm: steps.harms,
      referral: steps.referralTargets,
      unitState: unitStates,
      unitKind: unitKinds,
      placeKind: placeKinds,
      role: roles,
      failure: [...Object.keys(failures), 'unreachable'],
    };
    for (const [prefix, names] of Object.entries(lists)) {
      expect([prefix, [...namesUnder(prefix)].sort()]).toEqual([prefix, [...names].sort()]);
    }
  });
});

describe('textIn', () => {
  it('puts parameters in and counts', () => {
    expect(textIn('en', 'queue.count', { count: 1 })).toBe('1 alert');
    expect(textIn('fr', 'queue.count', { count: 2 })).toBe('2 alertes');
    expect(textIn('fr', 'link.stale', { time: '16:40:12Z' })).toBe('Figée depuis 16:40:12Z');
  });

  it('tells its keys from other words', () => {
    expect(isMessageKey('failure.internal')).toBe(true);
    expect(isMessageKey('failure.made-up')).toBe(false);
    expect(isMessageKey('toString')).toBe(false);
  });
});
