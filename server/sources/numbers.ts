import {
  findPhoneNumbersInText,
  isSupportedCountry,
  parsePhoneNumberFromString,
  type CountryCode,
} from 'libphonenumber-js';

/** The mission's country, where the mission file names one that has numbers. */
export function countryOf(given: string | undefined): CountryCode | undefined {
  return given !== undefined && isSupportedCountry(given) ? given : undefined;
}

/**
 * One spelling for every way of writing one caller: `+243…` where it is a telephone number (`tel:`, `whatsapp:`, `00`,
 * national forms of the mission's country), else the letters and digits of what was given (short codes, names of
 * senders). Empty for a sender that is none.
 */
export function normalNumber(given: string, country?: CountryCode): string {
  const bare = given
    .normalize('NFKC')
    .trim()
    .slice(0, 200)
    .replace(/^[a-z]+:/i, '')
    .replace(/^00(?=[1-9])/, '+');
  const known = parsePhoneNumberFromString(bare, country);
  if (known?.isValid()) return known.number;
  const digits = bare.replace(/[^\p{Nd}]/gu, '');
  const international = /^[1-9]\d{9,14}$/.test(digits) ? parsePhoneNumberFromString(`+${digits}`) : undefined;
  if (international?.isValid()) return international.number;
  if (known?.isPossible()) return known.number;
  return bare.replace(/[^\p{L}\p{Nd}+]/gu, '').toUpperCase();
}

/** A telephone number in a text, from `start` up to `end`. */
export interface FoundNumber {
  readonly start: number;
  readonly end: number;
  readonly number: string;
}

/**
 * The telephone numbers in a text: those in international form, known ranges or not, and every way of writing `own`. Other figures stay
 * what they are: they may be coordinates.
 */
export function numbersIn(text: string, own: string, country?: CountryCode): readonly FoundNumber[] {
  const international = findPhoneNumbersInText(text).map(({ startsAt, endsAt, number }) => ({
    start: startsAt,
    end: endsAt,
    number: number.number as string,
  }));
  const spelled = [...text.matchAll(/\+?\p{Nd}(?:[ \u00a0().\-/]{0,2}\p{Nd}){5,17}/gu)]
    .map(({ 0: found, index }) => ({
      start: index,
      end: index + found.length,
      number: normalNumber(found, country),
    }))
    .filter(({ number, start, end }) => isOwn(number, text.slice(start, end), own));
  // A prefix says that it is a number, in a range that the library knows of or not. Points are not taken: coordinates.
  const prefixed = [...text.matchAll(/(?:\+|(?<!\p{Nd})00)[1-9](?:[ \u00a0()\-/]{0,2}\p{Nd}){7,14}/gu)].map(
    ({ 0: found, index }) => ({
      start: index,
      end: index + found.length,
      number: normalNumber(found, country),
    }),
  );
  const all = [...international, ...prefixed, ...spelled].sort((a, b) => a.start - b.start || b.end - a.end);
  return all.filter(({ start }, at) => all.slice(0, at).every((before) => before.end <= start));
}

/** The same number, or its last eight digits or more: as neighbours write it. */
function isOwn(number: string, spelled: string, own: string): boolean {
  if (number === own) return true;
  const digits = spelled.normalize('NFKC').replace(/\D/g, '').replace(/^0+/, '');
  return digits.length >= 8 && own.replace(/\D/g, '').endsWith(digits);
}
